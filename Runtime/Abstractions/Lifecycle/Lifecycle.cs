namespace Orleans
{
    /// <summary>Stages that observers join: started upwards, stopped downwards, one stage after the other.</summary>
    public interface ILifecycleObservable
    {
        /// <summary>Joins a stage; disposing the result leaves it.</summary>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }

    /// <summary>Takes part in a stage.</summary>
    public interface ILifecycleObserver
    {
        /// <summary>Runs when the stage is reached; a failure fails the start.</summary>
        Task OnStart(CancellationToken cancellationToken = default);

        /// <summary>Runs when the stage is left.</summary>
        Task OnStop(CancellationToken cancellationToken = default);
    }

    /// <summary>Something with stages, seen by the one who drives it.</summary>
    public interface ILifecycleSubject : ILifecycleObservable, ILifecycleObserver;

    /// <summary>A service that joins stages when the lifecycle is made.</summary>
    /// <typeparam name="TLifecycleObservable">The lifecycle.</typeparam>
    public interface ILifecycleParticipant<TLifecycleObservable>
        where TLifecycleObservable : ILifecycleObservable
    {
        /// <summary>Joins the stages it wants.</summary>
        void Participate(TLifecycleObservable lifecycle);
    }

    /// <summary>The stages of a silo.</summary>
    public static class ServiceLifecycleStage
    {
        /// <summary>Before all others.</summary>
        public const int First = int.MinValue;

        /// <summary>The engine's own parts.</summary>
        public const int RuntimeInitialize = 2_000;

        /// <summary>Services of the engine.</summary>
        public const int RuntimeServices = 4_000;

        /// <summary>Storage providers.</summary>
        public const int RuntimeStorageServices = 6_000;

        /// <summary>Services that call grains.</summary>
        public const int RuntimeGrainServices = 8_000;

        /// <summary>After <see cref="RuntimeGrainServices"/>.</summary>
        public const int AfterRuntimeGrainServices = 8_100;

        /// <summary>Services of the application.</summary>
        public const int ApplicationServices = 10_000;

        /// <summary>Calls from outside are accepted from here on.</summary>
        public const int BecomeActive = Active - 1;

        /// <summary>The silo works.</summary>
        public const int Active = 20_000;

        /// <summary>After all others.</summary>
        public const int Last = int.MaxValue;
    }

    /// <summary>Joins stages with delegates.</summary>
    public static class LifecycleExtensions
    {
        /// <inheritdoc cref="ILifecycleObservable.Subscribe"/>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable,
            string observerName,
            int stage,
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task>? onStop)
        {
            ArgumentNullException.ThrowIfNull(observable);
            ArgumentNullException.ThrowIfNull(onStart);
            return observable.Subscribe(observerName, stage, new DelegateObserver(onStart, onStop));
        }

        /// <inheritdoc cref="ILifecycleObservable.Subscribe"/>
        public static IDisposable Subscribe(
            this ILifecycleObservable observable, string observerName, int stage, Func<CancellationToken, Task> onStart) =>
            observable.Subscribe(observerName, stage, onStart, onStop: null);

        /// <inheritdoc cref="ILifecycleObservable.Subscribe"/>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable, int stage, ILifecycleObserver observer) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, observer);

        /// <inheritdoc cref="ILifecycleObservable.Subscribe"/>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable,
            int stage,
            Func<CancellationToken, Task> onStart,
            Func<CancellationToken, Task> onStop) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, onStop);

        /// <inheritdoc cref="ILifecycleObservable.Subscribe"/>
        public static IDisposable Subscribe<TObserver>(
            this ILifecycleObservable observable, int stage, Func<CancellationToken, Task> onStart) =>
            observable.Subscribe(typeof(TObserver).FullName!, stage, onStart, onStop: null);

        private sealed class DelegateObserver(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task>? onStop)
            : ILifecycleObserver
        {
            public Task OnStart(CancellationToken cancellationToken = default) => onStart(cancellationToken);

            public Task OnStop(CancellationToken cancellationToken = default) => onStop?.Invoke(cancellationToken) ?? Task.CompletedTask;
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>The stages of one activation.</summary>
    public interface IGrainLifecycle : ILifecycleObservable;

    /// <summary>The stages of a silo.</summary>
    public interface ISiloLifecycle : ILifecycleObservable
    {
        /// <summary>How far the start has come.</summary>
        int HighestCompletedStage { get; }

        /// <summary>How far the stop has come.</summary>
        int LowestStoppedStage { get; }
    }

    /// <summary>A silo's stages, seen by the one who drives them.</summary>
    public interface ISiloLifecycleSubject : ISiloLifecycle, ILifecycleSubject;

    /// <summary>The stages of an activation.</summary>
    public static class GrainLifecycleStage
    {
        /// <summary>Before all others.</summary>
        public const int First = int.MinValue;

        /// <summary>State is read.</summary>
        public const int SetupState = 1_000;

        /// <summary><see cref="IGrainBase.OnActivateAsync"/> runs.</summary>
        public const int Activate = 2_000;

        /// <summary>After all others.</summary>
        public const int Last = int.MaxValue;
    }

    /// <summary>Work to be done once when a silo starts.</summary>
    public interface IStartupTask
    {
        /// <summary>Does it; a failure fails the start.</summary>
        Task Execute(CancellationToken cancellationToken);
    }
}
