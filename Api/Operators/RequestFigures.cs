using System.Diagnostics.Metrics;

namespace ActorShop.Api.Operators;

/// <summary>What this process answered in the last hour, by route and minute, from ASP.NET's metric <c>http.server.request.duration</c>.</summary>
/// <remarks>In memory and bounded: 60 minutes, a histogram for each route that was asked in a minute. It begins empty at each start.</remarks>
internal sealed class RequestFigures(IMeterFactory meters, TimeProvider clock) : IHostedService, IDisposable
{
    public const int Minutes = 60;

    // Refusals before routing: a wrong path, too many requests.
    private const string NoRoute = "no route";

    private const string Checkout = "POST /v1/carts/{id}/checkout";

    private readonly Lock _gate = new();
    private readonly Minute[] _minutes = [.. Enumerable.Range(0, Minutes).Select(static _ => new Minute())];
    private readonly MeterListener _listener = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters)
                && instrument is { Name: "http.server.request.duration", Meter.Name: "Microsoft.AspNetCore.Hosting" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Record(seconds, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>Counts a request of the shop's API.</summary>
    public void Record(string route, int status, double seconds)
    {
        lock (_gate)
        {
            var minute = _minutes[Now() % Minutes];
            minute.Begin(Now());
            if (!minute.Routes.TryGetValue(route, out var figures))
            {
                minute.Routes[route] = figures = new RouteMinute();
            }

            figures.Add(status, seconds);
        }
    }

    /// <summary>The last 60 minutes, the current one last.</summary>
    public IReadOnlyList<MinuteResponse> ByMinute()
    {
        lock (_gate)
        {
            return [.. Enumerable.Range(1 - Minutes, Minutes).Select(past => Render(Now() + past))];
        }
    }

    /// <summary>The routes that were asked in the last 60 minutes, the busiest first.</summary>
    public IReadOnlyList<RouteResponse> ByRoute()
    {
        lock (_gate)
        {
            return
            [
                .. _minutes.Where(minute => minute.Number > Now() - Minutes).SelectMany(static minute => minute.Routes)
                    .GroupBy(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal)
                    .Select(static group => (Route: group.Key, Figures: RouteMinute.Sum(group)))
                    .OrderByDescending(static route => route.Figures.Latency.Count).ThenBy(static route => route.Route, StringComparer.Ordinal)
                    .Select(static route => new RouteResponse(
                        route.Route, route.Figures.Latency.Count, route.Figures.Count(400, 499), route.Figures.Count(500, 599),
                        LatencyResponse.Of(route.Figures.Latency))),
            ];
        }
    }

    private MinuteResponse Render(long number)
    {
        var minute = _minutes[number % Minutes];
        var routes = minute.Number == number ? minute.Routes : [];
        var all = RouteMinute.Sum(routes.Values);
        var checkouts = routes.GetValueOrDefault(Checkout) ?? new RouteMinute();
        return new(
            DateTimeOffset.FromUnixTimeSeconds(number * 60), all.Latency.Count, all.Count(500, 599), LatencyResponse.Of(all.Latency),
            new(checkouts.Count(201, 201), checkouts.Count(202, 202), checkouts.Count(402, 402),
                checkouts.Count(400, 499) - checkouts.Count(402, 402), checkouts.Count(500, 599)));
    }

    private void Record(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? route = null, method = null;
        var status = 0;
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "http.route":
                    route = value as string;
                    break;
                case "http.request.method":
                    method = value as string;
                    break;
                case "http.response.status_code":
                    status = value as int? ?? 0;
                    break;
            }
        }

        if (route is null ? status >= StatusCodes.Status400BadRequest : route.StartsWith("/v1/", StringComparison.Ordinal))
        {
            Record(route is null ? NoRoute : $"{method} {route.TrimEnd('/')}", status, seconds);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    private sealed class Minute
    {
        public long Number { get; private set; }

        public Dictionary<string, RouteMinute> Routes { get; } = new(StringComparer.Ordinal);

        // A place is used again after an hour.
        public void Begin(long number)
        {
            if (Number != number)
            {
                Number = number;
                Routes.Clear();
            }
        }
    }

    private sealed class RouteMinute
    {
        private readonly Dictionary<int, int> _statuses = [];

        public LatencyHistogram Latency { get; } = new();

        public static RouteMinute Sum(IEnumerable<RouteMinute> parts)
        {
            var sum = new RouteMinute();
            foreach (var part in parts)
            {
                sum.Latency.Add(part.Latency);
                foreach (var (status, count) in part._statuses)
                {
                    sum._statuses[status] = sum._statuses.GetValueOrDefault(status) + count;
                }
            }

            return sum;
        }

        public void Add(int status, double seconds)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            Latency.Add(seconds);
        }

        public int Count(int first, int last) => _statuses.Where(pair => pair.Key >= first && pair.Key <= last).Sum(static pair => pair.Value);
    }
}
