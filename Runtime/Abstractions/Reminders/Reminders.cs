using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain that can be reminded: durably, across the lives of its activations and silos.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder is due. Ticks missed while nobody was there are not repeated.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>Keeps reminders.</summary>
    /// <remarks>
    /// Implementations must be safe from any thread, must make each row's version new on each write, and must remove a row
    /// only if the version sent is the stored one. Ranges are of <see cref="GrainId.GetUniformHashCode"/>: begin excluded,
    /// end included, wrapping where begin is not below end.
    /// </remarks>
    public interface IReminderTable
    {
        /// <summary>Makes ready.</summary>
        Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        /// <summary>The reminders of a grain.</summary>
        Task<ReminderTableData> ReadRows(GrainId grainId);

        /// <summary>The reminders of a range of hashes.</summary>
        Task<ReminderTableData> ReadRows(uint begin, uint end);

        /// <summary>One reminder; null where there is none.</summary>
        Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

        /// <summary>Stores a reminder; returns its new version.</summary>
        Task<string?> UpsertRow(ReminderEntry entry);

        /// <summary>Removes a reminder of this version; whether it did.</summary>
        Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

        /// <summary>Removes all, for tests.</summary>
        Task TestOnlyClearTable();

        /// <summary>Lets go.</summary>
        Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    /// <summary>One stored reminder.</summary>
    public sealed class ReminderEntry
    {
        /// <summary>Whose.</summary>
        public GrainId GrainId { get; set; }

        /// <summary>Its name within the grain.</summary>
        public string ReminderName { get; set; } = null!;

        /// <summary>The first tick, UTC.</summary>
        public DateTime StartAt { get; set; }

        /// <summary>The time between ticks.</summary>
        public TimeSpan Period { get; set; }

        /// <summary>Its version.</summary>
        public string? ETag { get; set; }

        /// <inheritdoc/>
        public override string ToString() => $"<GrainId={GrainId} ReminderName={ReminderName} Period={Period}>";
    }

    /// <summary>Stored reminders.</summary>
    public sealed class ReminderTableData
    {
        /// <summary>None.</summary>
        public ReminderTableData()
            : this([])
        {
        }

        /// <summary>One.</summary>
        public ReminderTableData(ReminderEntry entry)
            : this([entry])
        {
        }

        /// <summary>These.</summary>
        public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

        /// <summary>The reminders.</summary>
        public IList<ReminderEntry> Reminders { get; }
    }

    /// <summary>A grain's own reminders.</summary>
    public static class GrainReminderExtensions
    {
        /// <summary>Stores a reminder, or changes the one of this name.</summary>
        /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
        /// <exception cref="ArgumentException">The period is below the minimum, or the due time negative.</exception>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
            if (grain is not IRemindable)
            {
                throw new InvalidOperationException(
                    $"Grain {grain} is not '{nameof(IRemindable)}'. A grain should implement {nameof(IRemindable)} to use the persistent reminder service");
            }

            return Registry(grain).RegisterOrUpdateReminder(grain.GrainContext.GrainId, reminderName, dueTime, period);
        }

        /// <inheritdoc cref="RegisterOrUpdateReminder(IGrainBase, string, TimeSpan, TimeSpan)"/>
        public static Task<IGrainReminder> RegisterOrUpdateReminder(
            this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
            RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

        /// <summary>Removes a reminder.</summary>
        public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
            Registry(grain).UnregisterReminder(grain.GrainContext.GrainId, reminder);

        /// <inheritdoc cref="UnregisterReminder(IGrainBase, IGrainReminder)"/>
        public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
            UnregisterReminder((IGrainBase)grain, reminder);

        /// <summary>The reminder of this name; null where there is none.</summary>
        public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
            Registry(grain).GetReminder(grain.GrainContext.GrainId, reminderName);

        /// <inheritdoc cref="GetReminder(IGrainBase, string)"/>
        public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
            GetReminder((IGrainBase)grain, reminderName);

        /// <summary>All reminders of the grain.</summary>
        public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
            Registry(grain).GetReminders(grain.GrainContext.GrainId);

        /// <inheritdoc cref="GetReminders(IGrainBase)"/>
        public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

        private static Orleans.Timers.IReminderRegistry Registry(IGrainBase grain) =>
            (Orleans.Timers.IReminderRegistry?)grain.GrainContext.ActivationServices.GetService(typeof(Orleans.Timers.IReminderRegistry))
            ?? throw new OrleansConfigurationException("The reminder service has not been configured.");
    }
}

namespace Orleans.Runtime
{
    /// <summary>A handle to a stored reminder.</summary>
    public interface IGrainReminder
    {
        /// <summary>Its name within the grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>Where a tick stands.</summary>
    /// <param name="firstTickTime">The first tick, UTC.</param>
    /// <param name="period">The time between ticks.</param>
    /// <param name="timeStamp">This tick, UTC.</param>
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>The first tick, UTC.</summary>
        public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The time between ticks.</summary>
        public TimeSpan Period { get; } = period;

        /// <summary>This tick, UTC.</summary>
        public DateTime CurrentTickTime { get; } = timeStamp;

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
    }

    /// <summary>A reminder could not be stored or removed.</summary>
    public sealed class ReminderException : OrleansException
    {
        /// <summary>In words.</summary>
        public ReminderException(string message)
            : base(message)
        {
        }
    }
}

namespace Orleans.Timers
{
    /// <summary>The reminders of grains, by id.</summary>
    public interface IReminderRegistry
    {
        /// <inheritdoc cref="GrainReminderExtensions.RegisterOrUpdateReminder(IGrainBase, string, TimeSpan, TimeSpan)"/>
        Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        /// <inheritdoc cref="GrainReminderExtensions.UnregisterReminder(IGrainBase, IGrainReminder)"/>
        Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

        /// <inheritdoc cref="GrainReminderExtensions.GetReminder(IGrainBase, string)"/>
        Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

        /// <inheritdoc cref="GrainReminderExtensions.GetReminders(IGrainBase)"/>
        Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
    }
}

namespace Orleans.Hosting
{
    /// <summary>How reminders are kept.</summary>
    public sealed class ReminderOptions
    {
        /// <summary>The shortest period that may be asked for.</summary>
        /// <value>One minute.</value>
        /// <remarks>Shorter: more load on the table and more calls; longer: a coarser safety net.</remarks>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>The time between readings of the whole table.</summary>
        /// <value>Five minutes.</value>
        /// <remarks>Shorter finds reminders of others sooner and reads more.</remarks>
        public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);

        /// <summary>How long the first reading may take.</summary>
        /// <value>Five minutes.</value>
        public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromMinutes(5);
    }
}
