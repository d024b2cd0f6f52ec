using ActorShop.Api.Operators;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Api;

/// <summary>Goal: operators see what a process answered in the last hour, and the memory for it is bounded.</summary>
public sealed class RequestFiguresTests
{
    private const string Checkout = "POST /v1/carts/{id}/checkout";

    private readonly FakeTimeProvider _clock = new(new(2026, 1, 1, 12, 0, 30, TimeSpan.Zero));

    [Fact]
    public async Task Requests_AreCountedByRoute_FromTheFrameworksMetric()
    {
        await using var api = new TestApi();
        await api.SendAsync("GET", "/v1/stock/A");
        await api.SendAsync("GET", "/v1/stock/B");
        await api.SendAsync("GET", "/v1/stock/B", token: "wrong");
        await api.SendAsync("GET", "/v1/nothing");
        await api.SendAsync("GET", "/health/live");
        await api.SendAsync("GET", "/openapi/v1.json");

        var routes = api.Services.GetRequiredService<RequestFigures>().ByRoute();

        routes.Select(static route => (route.Route, route.Requests, route.Refused, route.Errors))
            .ShouldBe([("GET /v1/stock/{sku}", 3, 1, 0), ("no route", 1, 1, 0)], ignoreOrder: true);
        routes.ShouldAllBe(static route => route.Latency.P50 > 0);
    }

    [Fact]
    public async Task OtherShopsOfTheProcess_AreNotCounted()
    {
        await using var api = new TestApi();
        await using var other = new TestApi();
        await other.SendAsync("GET", "/v1/stock/A");

        api.Services.GetRequiredService<RequestFigures>().ByRoute().ShouldBeEmpty();
    }

    [Fact]
    public void Checkouts_AreCountedByOutcome_EachMinute()
    {
        using var figures = Make();
        foreach (var status in new[] { 201, 201, 202, 402, 409, 422, 503 })
        {
            figures.Record(Checkout, status, seconds: 0.01);
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        figures.Record(Checkout, 201, seconds: 0.01);

        var minutes = figures.ByMinute();
        minutes.Count.ShouldBe(RequestFigures.Minutes);
        minutes[^2].Checkouts.ShouldBe(new CheckoutsResponse(Confirmed: 2, Pending: 1, Declined: 1, Refused: 2, Failed: 1));
        (minutes[^2].Requests, minutes[^2].Errors).ShouldBe((7, 1));
        minutes[^1].Checkouts.ShouldBe(new CheckoutsResponse(1, 0, 0, 0, 0));
        minutes[^1].At.ShouldBe(new(2026, 1, 1, 12, 1, 0, TimeSpan.Zero));
        minutes[0].ShouldBe(new(new(2026, 1, 1, 11, 2, 0, TimeSpan.Zero), 0, 0, new(null, null, null), new(0, 0, 0, 0, 0)));
    }

    [Fact]
    public void Minute_IsForgottenAfterAnHour()
    {
        using var figures = Make();
        figures.Record(Checkout, 201, seconds: 0.01);

        _clock.Advance(TimeSpan.FromMinutes(59));
        figures.ByMinute()[0].Requests.ShouldBe(1);
        figures.ByRoute().ShouldHaveSingleItem();

        _clock.Advance(TimeSpan.FromMinutes(1));
        figures.ByMinute().ShouldAllBe(static minute => minute.Requests == 0);
        figures.ByRoute().ShouldBeEmpty();
        figures.Record(Checkout, 201, seconds: 0.01);
        figures.ByMinute()[^1].Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    public void Percentile_IsEightPercentOffAtMost(double part, double milliseconds)
    {
        var latency = new LatencyHistogram();
        for (var i = 1; i <= 1_000; i++)
        {
            latency.Add(i / 1_000d);
        }

        latency.Percentile(part)!.Value.ShouldBe(milliseconds, tolerance: milliseconds * 0.08);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void AnyDuration_HasABucket(double seconds)
    {
        var latency = new LatencyHistogram();
        latency.Percentile(0.5).ShouldBeNull();

        latency.Add(seconds);

        latency.Percentile(0.5).ShouldNotBeNull();
    }

    private RequestFigures Make() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), _clock);
}
