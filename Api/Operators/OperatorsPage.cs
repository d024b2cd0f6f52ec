namespace ActorShop.Api.Operators;

/// <summary>The operators' page: plain HTML, styles and script, which need nothing from another host.</summary>
internal static class OperatorsPage
{
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string ContentType)[] Files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/page.css", "page.css", "text/css; charset=utf-8"),
        ("/page.js", "page.js", "text/javascript; charset=utf-8"),
        ("/charts.js", "charts.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    /// <param name="routes">The operators' port.</param>
    /// <param name="dashboard">The path of Orleans' dashboard; null if it is off.</param>
    public static IEndpointConventionBuilder MapOperatorsPage(this IEndpointRouteBuilder routes, string? dashboard)
    {
        var page = routes.MapGroup(string.Empty).ExcludeFromDescription();
        foreach (var (path, file, contentType) in Files)
        {
            var content = Read(file);
            page.MapGet(path, http =>
            {
                http.Response.Headers.ContentSecurityPolicy = Policy;
                http.Response.ContentType = contentType;
                http.Response.ContentLength = content.Length;
                return http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
            });
        }

        page.MapGet("/figures", async Task<Ok<FiguresResponse>> (Figures figures) => TypedResults.Ok(await figures.ReadAsync(dashboard)));
        return page;
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(OperatorsPage).Assembly.GetManifestResourceStream($"operators/{file}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
