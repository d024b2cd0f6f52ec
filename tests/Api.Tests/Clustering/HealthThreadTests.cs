using System.Diagnostics.Metrics;
using ActorShop.Health;
using ActorShop.Silo.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Clustering;

/// <summary>
/// Goal: the thread of the health agent ends with its host. Method: the thread over a table whose read fails while the host stops; an unhandled
/// exception ends the test process.
/// </summary>
public sealed class HealthThreadTests
{
    [Fact]
    public async Task Dispose_WaitsForARead_AndIgnoresItsFailure()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var table = new Table();
        var options = new HealthOptions();
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var thread = new HealthThread(
            new HealthAgent(options, table, table, TimeProvider.System), new ProcessEnd(lifetime), Options.Create(options), lifetime,
            services.GetRequiredService<IMeterFactory>(), TimeProvider.System, NullLogger<HealthThread>.Instance);
        await thread.StartAsync(CancellationToken.None);
        await table.Reading;

        await thread.StopAsync(CancellationToken.None);
        var disposing = Task.Run(thread.Dispose);
        (await Task.WhenAny(disposing, Task.Delay(TimeSpan.FromMilliseconds(200)))).ShouldNotBe(disposing);
        table.Fail();

        await disposing;
        table.HasFailed.ShouldBeTrue();
    }

    private sealed class Table : IMembershipReader, IOtherMembers, IDisposable
    {
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _mayFail = new();

        public Task Reading => _reading.Task;

        public bool HasFailed { get; private set; }

        public void Fail() => _mayFail.Set();

        public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken)
        {
            _reading.TrySetResult();
            _mayFail.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
            HasFailed = true;
            throw new IOException("The connection is gone.");
        }

        public ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public void Dispose() => _mayFail.Dispose();
    }
}
