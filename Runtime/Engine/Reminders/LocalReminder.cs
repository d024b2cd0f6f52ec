using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Reminders;

/// <summary>The timer of one reminder.</summary>
internal sealed partial class ReminderService
{
    private sealed class LocalReminder : IDisposable
    {
        // Timers count in milliseconds of 32 bits; a later tick is waited for in pieces.
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

        private readonly ReminderService _service;
        private readonly ReminderEntry _entry;
        private readonly ITimer _timer;
        private DateTime _due;
        private bool _disposed;

        public LocalReminder(ReminderService service, ReminderEntry entry, bool isNew)
        {
            _service = service;
            _entry = entry;

            // One that is due at once is not missed because it took a moment to store it. (On Orleans it is.)
            _due = isNew ? entry.StartAt : NextTick(service.Now);
            _timer = service.Silo.Time.CreateTimer(
                static self => ((LocalReminder)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm();
        }

        public string? ETag => _entry.ETag;

        public void Dispose()
        {
            _disposed = true;
            _timer.Dispose();
        }

        // The first point of the grid that is not over.
        private DateTime NextTick(DateTime now)
        {
            if (now <= _entry.StartAt)
            {
                return _entry.StartAt;
            }

            var periods = (now - _entry.StartAt).Ticks / _entry.Period.Ticks;
            var tick = _entry.StartAt + TimeSpan.FromTicks(periods * _entry.Period.Ticks);
            return tick < now ? tick + _entry.Period : tick;
        }

        private void Arm()
        {
            var wait = _due - _service.Now;
            _timer.Change(
                wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
        }

        private void OnTimer() => _service.Silo.System.Begin(TickAsync);

        private async Task TickAsync()
        {
            if (_disposed)
            {
                return;
            }

            var now = _service.Now;
            if (now < _due)
            {
                Arm();
                return;
            }

            try
            {
                await _service.SendTickAsync(_entry, new TickStatus(_entry.StartAt, _entry.Period, now));
            }
            catch (Exception exception)
            {
                _service.LogTickFailed(exception, _entry.ReminderName, _entry.GrainId);
            }

            if (!_disposed)
            {
                _due = NextTick(_service.Now + TimeSpan.FromTicks(1));
                Arm();
            }
        }
    }
}
