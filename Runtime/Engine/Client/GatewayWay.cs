using Orleans.Runtime;

namespace ActorShop.Runtime.Client;

/// <summary>A connected gateway, and who is sending to it at this moment: so that there is a last call. Safe from any thread.</summary>
internal sealed class GatewayWay(SiloAddress address)
{
    private const long Closed = 1L << 40;

    // How many are sending, and whether more may begin to.
    private long _state;
    private Action? _quiet;

    public SiloAddress Address => address;

    /// <summary>Begins to send; false where nothing may be sent any more.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _state) < Closed)
        {
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>What was begun is sent.</summary>
    public void Exit()
    {
        if (Interlocked.Decrement(ref _state) == Closed)
        {
            Interlocked.Exchange(ref _quiet, null)?.Invoke();
        }
    }

    /// <summary>Lets nobody begin any more. Once.</summary>
    /// <param name="quiet">Done once, when nobody is sending.</param>
    public void Close(Action quiet)
    {
        _quiet = quiet;
        Interlocked.Add(ref _state, Closed + 1);
        Exit();
    }
}
