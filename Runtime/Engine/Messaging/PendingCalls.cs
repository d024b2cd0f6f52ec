using System.Runtime.InteropServices;
using ActorShop.Runtime.Scheduling;

namespace ActorShop.Runtime.Messaging;

/// <summary>The calls of this silo that wait for an answer: what ends them in time, and what bounds their number.</summary>
/// <remarks>
/// Time is counted in ticks of a tenth of the response time-out, at most a second, so a time-out is late by up to two ticks
/// and a call does not read the clock. Calls are striped by the target's stable hash, which repeats under simulation.
/// </remarks>
internal sealed class PendingCalls : IDisposable
{
    private const int StripeCount = 64;

    // A number is how often the slot was used, the slot, and the stripe; below 2^62.
    private const int SlotBits = 24;
    private const long MaxUses = (1L << 30) - 1;

    private readonly Stripe[] _stripes;
    private readonly ITurnSink _sink;
    private readonly TimeProvider _time;
    private readonly long _defaultTicks;
    private ITimer? _timer;
    private long _tick;

    public PendingCalls(ITurnSink sink, TimeProvider time, TimeSpan responseTimeout, int limit)
    {
        (_sink, _time, DefaultTimeout) = (sink, time, responseTimeout);
        Period = TimeSpan.FromTicks(Math.Clamp(
            responseTimeout.Ticks / 10, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        _defaultTicks = TicksOf(responseTimeout);
        var share = limit <= 0 ? int.MaxValue : Math.Max(1, limit / StripeCount);
        _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe(share))];
    }

    /// <summary>How long a call waits that does not say so itself.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>The time between ticks.</summary>
    public TimeSpan Period { get; }

    /// <summary>The ticks since the start: a clock too coarse to cost anything.</summary>
    public long Now => Volatile.Read(ref _tick);

    /// <summary>How many calls wait.</summary>
    public int Count => _stripes.Sum(static stripe => stripe.Count);

    public void Start() => _timer = _time.CreateTimer(static self => ((PendingCalls)self!).Tick(), this, Period, Period);

    /// <summary>Notes a call before it is sent; false if there are too many.</summary>
    public bool TryAdd(Message message)
    {
        var timeout = message.Request.ResponseTimeout;
        message.Timeout = timeout ?? DefaultTimeout;
        message.Deadline = Now + (timeout is null ? _defaultTicks : TicksOf(timeout.Value)) + 1;
        return StripeOf(message).TryAdd(message);
    }

    /// <summary>Notes a call that has arrived from another process; false if there are too many.</summary>
    /// <param name="message">The call.</param>
    /// <param name="left">How long its sender goes on waiting.</param>
    public bool TryAdd(Message message, TimeSpan left)
    {
        message.Timeout = left;
        message.Deadline = Now + TicksOf(left) + 1;
        return StripeOf(message).TryAdd(message);
    }

    /// <summary>How long the sender of a message goes on waiting.</summary>
    public TimeSpan LeftOf(Message message) => message.Deadline >= long.MaxValue / 4
        ? System.Threading.Timeout.InfiniteTimeSpan
        : TimeSpan.FromTicks(Math.Max(0, message.Deadline - Now) * Period.Ticks);

    /// <summary>Numbers a noted call that leaves the process; false if it was settled meanwhile.</summary>
    public bool TryNumber(Message message)
    {
        if (message.Number != 0)
        {
            return !message.IsSettled;
        }

        var index = IndexOf(message);
        var number = _stripes[index].Number(message);
        message.Number = number == 0 ? 0 : (number * StripeCount) + index;
        return number != 0;
    }

    /// <summary>The call of a number; null where it is settled, or never was.</summary>
    public Message? Find(long number) => number <= 0 ? null : _stripes[number % StripeCount].Find(number / StripeCount);

    /// <summary>The number of ticks that are not less than a time.</summary>
    public long TicksOf(TimeSpan time) =>
        time == System.Threading.Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue
            ? long.MaxValue / 4
            : (time.Ticks + Period.Ticks - 1) / Period.Ticks;

    public void Dispose() => _timer?.Dispose();

    /// <summary>Fails all calls that wait still: the silo is gone.</summary>
    public void FailAll(Func<Message, Exception> reason) => Fail(static _ => true, reason);

    /// <summary>Fails some of the calls that wait still.</summary>
    public void Fail(Predicate<Message> which, Func<Message, Exception> reason)
    {
        foreach (var stripe in _stripes)
        {
            foreach (var message in stripe.Take(which))
            {
                message.TryFail(reason(message));
            }
        }
    }

    private static int IndexOf(Message message) => (int)((uint)message.Target.GetHashCode() % StripeCount);

    private Stripe StripeOf(Message message) => _stripes[IndexOf(message)];

    private void Tick()
    {
        var now = Interlocked.Increment(ref _tick);
        foreach (var stripe in _stripes)
        {
            foreach (var message in stripe.Take(message => message.Deadline <= now))
            {
                // On the sink, since the caller's code may go on right there.
                _sink.Schedule(new Expiry(message));
            }
        }
    }

    /// <summary>Some of the calls, under one lock.</summary>
    internal sealed class Stripe(int limit)
    {
        private readonly Lock _lock = new();
        private Message? _oldest;
        private Message? _newest;
        private Slot[] _slots = [];
        private int _firstFree = -1;
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool TryAdd(Message message)
        {
            lock (_lock)
            {
                if (_count >= limit)
                {
                    return false;
                }

                _count++;
                message.Stripe = this;
                message.PendingBefore = _newest;
                if (_newest is null)
                {
                    _oldest = message;
                }
                else
                {
                    _newest.PendingAfter = message;
                }

                _newest = message;
                return true;
            }
        }

        public void Remove(Message message)
        {
            lock (_lock)
            {
                if (message.Stripe is null)
                {
                    return;
                }

                Unlink(message);
            }
        }

        /// <summary>A number that nobody else has had: the slot, and how often it was used. 0 where the message is settled.</summary>
        public long Number(Message message)
        {
            lock (_lock)
            {
                if (message.Stripe is null)
                {
                    return 0;
                }

                if (_firstFree < 0)
                {
                    Grow();
                }

                var index = _firstFree;
                ref var slot = ref _slots[index];
                _firstFree = slot.NextFree;
                slot.Message = message;
                slot.Uses = (slot.Uses + 1) & MaxUses;
                message.Slot = index;
                return ((slot.Uses + 1) << SlotBits) | (long)index;
            }
        }

        public Message? Find(long number)
        {
            var index = number & ((1 << SlotBits) - 1);
            lock (_lock)
            {
                return index < _slots.Length && _slots[index].Uses + 1 == number >> SlotBits ? _slots[index].Message : null;
            }
        }

        public List<Message> Take(Predicate<Message> which)
        {
            var taken = new List<Message>();
            lock (_lock)
            {
                for (var message = _oldest; message is not null;)
                {
                    var next = message.PendingAfter;
                    if (which(message))
                    {
                        Unlink(message);
                        taken.Add(message);
                    }

                    message = next;
                }
            }

            return taken;
        }

        private void Unlink(Message message)
        {
            var (before, after) = (message.PendingBefore, message.PendingAfter);
            if (before is null)
            {
                _oldest = after;
            }
            else
            {
                before.PendingAfter = after;
            }

            if (after is null)
            {
                _newest = before;
            }
            else
            {
                after.PendingBefore = before;
            }

            message.PendingBefore = message.PendingAfter = null;
            message.Stripe = null;
            _count--;
            if (message.Slot >= 0)
            {
                ref var slot = ref _slots[message.Slot];
                slot.Message = null;
                slot.NextFree = _firstFree;
                _firstFree = message.Slot;
                message.Slot = -1;
            }
        }

        private void Grow()
        {
            var used = _slots.Length;
            Array.Resize(ref _slots, Math.Max(16, used * 2));
            for (var index = _slots.Length - 1; index >= used; index--)
            {
                _slots[index].NextFree = _firstFree;
                _firstFree = index;
            }
        }

        [StructLayout(LayoutKind.Auto)]
        private struct Slot
        {
            public Message? Message;
            public long Uses;
            public int NextFree;
        }
    }

    private sealed class Expiry(Message message) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (message.TryFail(new TimeoutException(
                $"Response did not arrive on time in {message.Timeout} for message: {message}.")))
            {
                message.Cancellation?.OnTimeout();
            }
        }
    }
}
