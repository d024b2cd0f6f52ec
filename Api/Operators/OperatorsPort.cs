using ActorShop.Api.Hosting;

namespace ActorShop.Api.Operators;

/// <summary>The operators' port. Its requests have routes of their own, so no route of one port answers on the other.</summary>
internal static class OperatorsPort
{
    /// <summary>Sends requests of the operators' port, which no header can name, to their own routes.</summary>
    public static void UseOperatorsPort(this WebApplication app, Action<IApplicationBuilder>? guard, Action<IEndpointRouteBuilder>? further)
    {
        var addresses = app.Services.GetRequiredService<HttpAddresses>();

        // Not a branch of the application: branches share its routes.
        var operators = new ApplicationBuilder(app.Services);
        guard?.Invoke(operators);
        operators.UseRouting();
        operators.UseEndpoints(routes =>
        {
            var group = routes.MapGroup(string.Empty).ExcludeFromDescription();
            group.MapGet("/health/live", static () => TypedResults.Ok(new HealthResponse("live")));
            group.MapGet("/health/details", GetDetails);
            further?.Invoke(routes);
        });
        var answer = operators.Build();
        app.MapWhen(http => http.Connection.LocalPort == addresses.Operators.Port, branch => branch.Run(answer));
    }

    private static async Task<Ok<HealthDetailsResponse>> GetDetails(HealthDetails health) => TypedResults.Ok(await health.ExamineAsync());
}
