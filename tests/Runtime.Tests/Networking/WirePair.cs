using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;

namespace ActorShop.Runtime.Networking;

/// <summary>A caller, and a silo with grains, that are two processes to each other: only frames pass between them.</summary>
internal sealed class WirePair : IAsyncDisposable
{
    private readonly IHost _host;

    private WirePair(IHost host, Action<SiloMessagingOptions>? configure)
    {
        _host = host;
        var silo = host.Services.GetRequiredService<SiloRuntime>();
        SiloMessagingOptions limits = new();
        configure?.Invoke(limits);
        Callee = new WireEnd("127.0.0.1:2@2", (CodecProvider)silo.Codecs, limits, silo.Calls, silo.Sink);
        Callee.OnRequest = silo.Router.Send;
        var callerCodecs = new CodecProvider(host.Services.GetRequiredService<GrainManifests>().Manifests) { References = silo.References };
        var sink = silo.Sink;
        Caller = new WireEnd("127.0.0.1:1@1", callerCodecs, limits, new PendingCalls(sink, silo.Time, TimeSpan.FromSeconds(30), 0), sink);
        Caller.Link.ConnectTo(Callee);
        Callee.Link.ConnectTo(Caller);
        Grains = new CallerRuntime(Caller, Callee.Link.Self, silo);
    }

    public WireEnd Caller { get; }

    public WireEnd Callee { get; }

    public CallerRuntime Grains { get; }

    public static async Task<WirePair> StartAsync(Action<SiloMessagingOptions>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        var host = builder.Build();
        await host.StartAsync();
        return new WirePair(host, configure);
    }

    public IWireGrain Grain(string key) => Grains.Get<IWireGrain>(GrainId.Create("wire", key));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>One of the two processes.</summary>
internal sealed class WireEnd : IWireReceiver
{
    public WireEnd(string address, CodecProvider codecs, MessagingOptions limits, PendingCalls pending, ITurnSink sink)
    {
        Link = new LinkTransport(SiloAddress.FromParsableString(address));
        Pending = pending;
        Sink = sink;
        Wire = new WireMessages(codecs, limits);
        Calls = new WireCalls(Wire, Link, pending, sink, this, NullLogger.Instance);
    }

    public LinkTransport Link { get; }

    public PendingCalls Pending { get; }

    public ITurnSink Sink { get; }

    public WireMessages Wire { get; }

    public WireCalls Calls { get; }

    public Action<Message> OnRequest { get; set; } = static _ => { };

    public Func<Message, Rejection, bool> OnRejected { get; set; } = static (_, _) => false;

    void IWireReceiver.OnRequest(SiloAddress from, Message request) => OnRequest(request);

    bool IWireReceiver.OnRejected(SiloAddress by, Message call, Rejection rejection) => OnRejected(call, rejection);
}

/// <summary>Hands each frame to the other end at once.</summary>
internal sealed class LinkTransport(SiloAddress self) : ITransport
{
    private WireEnd? _other;

    public SiloAddress Self => self;

    /// <summary>What passes, in both of its senses: a test may look, change or drop.</summary>
    public Func<byte[], byte[]?> Tap { get; set; } = static frame => frame;

    public bool IsFull { get; set; }

    public void ConnectTo(WireEnd other) => _other = other;

    public Task StartAsync(ITransportHandler handler, CancellationToken cancellationToken) => Task.CompletedTask;

    public bool TrySend(SiloAddress peer, Lane lane, Frame frame)
    {
        var bytes = frame.Written.ToArray();
        frame.Dispose();
        if (IsFull)
        {
            return false;
        }

        if (Tap(bytes) is { } passed)
        {
            _other!.Calls.OnFrame(self, passed);
        }

        return true;
    }

    public void Forget(SiloAddress peer)
    {
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Makes references whose calls leave the process.</summary>
internal sealed class CallerRuntime(WireEnd end, SiloAddress callee, SiloRuntime silo) : IGrainReferenceRuntime
{
    public ICodecProvider Codecs => end.Wire.Codecs;

    public T Get<T>(GrainId id) => (T)(object)silo.Interfaces.Find(typeof(T)).Create(new GrainReferenceSeed(id, this));

    public Task<TResult> InvokeAsync<TResult>(GrainReference target, Invokable<TResult> request)
    {
        var message = new ResultMessage<TResult>(target, request);
        Send(message);
        return message.Answer;
    }

    public Task InvokeAsync(GrainReference target, VoidInvokable request)
    {
        var message = new VoidMessage(target.GrainId, request);
        Send(message);
        return message.Has(InvokeOptions.OneWay) ? Task.CompletedTask : message.Answer;
    }

    private void Send(Message message)
    {
        message.Context = RequestContext.Entries.Any()
            ? RequestContext.Entries.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal)
            : null;
        if (message.Request.CancellationToken is { CanBeCanceled: true } token)
        {
            message.Cancellation = new Cancellation(message, end.Sink, cancelOnTimeout: false, token);
        }

        end.Pending.TryAdd(message).ShouldBeTrue();
        message.Cancellation?.Listen();
        end.Calls.Send(callee, message);
    }
}
