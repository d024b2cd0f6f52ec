using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorShop.Api.Catalog;

/// <summary>Reads lists of products for shoppers.</summary>
/// <remarks>Several requests may share a read, and the first of them may end before it, so a read uses nothing of a request.</remarks>
internal sealed class ProductListReader(IGrainFactory grains, HealthCheckService health, IOptions<ApiOptions> options, IOptions<JsonOptions> json)
{
    /// <returns>Null for the empty list of a shop that is starting.</returns>
    public async Task<CachedAnswer<ProductListResponse>?> ReadAsync(ListProducts.Parameters query, PageUrl url)
    {
        var found = await grains.Queries().FindProductsAsync(query.ToQuery(options.Value, archived: false));
        if (found.Page.Items.IsEmpty && await health.CheckHealthAsync(static check => check.Tags.Contains("catalogue")) is { Status: HealthStatus.Unhealthy })
        {
            return null;
        }

        var (response, link) = ListProducts.Render(found, query.Paging, url);
        return new(response, json.Value.SerializerOptions, link: link);
    }
}
