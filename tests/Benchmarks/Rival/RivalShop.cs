using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace ActorShop.Rival;

/// <summary>A shop without actors: HTTP, transactions and row locks.</summary>
public static class RivalShop
{
    // More than the processors of a database keep busy only wait for each other.
    private const int Connections = 32;

    private const string Load =
        """
        with made as (
            insert into skus (sku, product_id, name, price, currency)
            select 'BENCH-' || n, 'prod_' || lpad(n::text, 8, '0'), 'Bench ' || n, n % 90 * 100 + 199, 'GBP' from generate_series(1, $1) as n
            on conflict do nothing returning sku),
        stocked as (
            insert into stock (sku, on_hand, version) select sku, $2, 1 from made returning sku)
        insert into stock_ledger (sku, version, delta, reference, at) select sku, 1, $2, 'opening', now() from stocked
        """;

    /// <summary>Makes the schema and the SKUs <c>BENCH-1</c> to <c>BENCH-n</c> where they are missing, and builds the service.</summary>
    public static async Task<WebApplication> BuildAsync(
        string connectionString, [StringSyntax(StringSyntaxAttribute.Uri)] string url, int skus, int units)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = Connections,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        var source = NpgsqlDataSource.Create(settings);
        builder.Services.AddSingleton(_ => source);
        var app = builder.Build();
        await PrepareAsync(source, skus, units);

        var (carts, checkout, reads) = (new Carts(source), new Checkout(source), new Reads(source));
        app.MapGet("/health/live", static () => Results.Ok());
        app.MapGet("/v1/products", reads.GetProductsAsync);
        app.MapGet("/v1/products/{id}", reads.GetProductAsync);
        app.MapGet("/v1/stock/{sku}", reads.GetStockAsync);
        app.MapPost("/v1/carts", carts.PostAsync);
        app.MapGet("/v1/carts/{id}", carts.GetAsync);
        app.MapPut("/v1/carts/{id}/items/{sku}", carts.PutItemAsync);
        app.MapPost("/v1/carts/{id}/checkout", checkout.PostAsync);
        app.MapGet("/v1/orders/{id}", reads.GetOrderAsync);
        return app;
    }

    private static async Task PrepareAsync(NpgsqlDataSource source, int skus, int units)
    {
        using var text = new StreamReader(typeof(RivalShop).Assembly.GetManifestResourceStream("Schema.sql")!);
        await using var make = source.CreateCommand(await text.ReadToEndAsync());
        await make.ExecuteNonQueryAsync();
        await using var load = source.CreateCommand(Load);
        load.Parameters.Add(Sql.P(skus));
        load.Parameters.Add(Sql.P(units));
        await load.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("analyze skus; analyze stock");
        await analyze.ExecuteNonQueryAsync();
    }
}
