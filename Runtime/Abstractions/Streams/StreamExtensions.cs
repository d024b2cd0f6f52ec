using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans
{
    /// <summary>On a grain class: its grain with a stream's key is a subscriber of the stream.</summary>
    /// <remarks>The first event activates it; it must attach in <see cref="Grain.OnActivateAsync"/>, else events are dropped.</remarks>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public class ImplicitStreamSubscriptionAttribute : Attribute
    {
        /// <summary>Every namespace.</summary>
        public ImplicitStreamSubscriptionAttribute()
        {
        }

        /// <summary>One namespace.</summary>
        public ImplicitStreamSubscriptionAttribute(string streamNamespace) => StreamNamespace = streamNamespace.Trim();

        internal string? StreamNamespace { get; }
    }

    /// <summary>Stream providers, from within a grain.</summary>
    public static class GrainStreamingExtensions
    {
        /// <summary>The provider of this name.</summary>
        public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) =>
            grain.GrainContext.ActivationServices.GetKeyedService<IStreamProvider>(name)
            ?? throw new KeyNotFoundException($"Stream provider '{name}' not found");

        /// <inheritdoc cref="GetStreamProvider(IGrainBase, string)"/>
        public static IStreamProvider GetStreamProvider(this Grain grain, string name) => GetStreamProvider((IGrainBase)grain, name);
    }

    /// <summary>Stream providers, from outside of grains.</summary>
    public static class ClientStreamExtensions
    {
        /// <summary>The provider of this name.</summary>
        public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) =>
            client.ServiceProvider.GetKeyedService<IStreamProvider>(name)
            ?? throw new KeyNotFoundException($"Stream provider '{name}' not found");
    }
}

namespace Orleans.Streams
{
    /// <summary>Streams by their parts.</summary>
    public static class StreamProviderExtensions
    {
        /// <summary>The stream of these parts.</summary>
        public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string? ns, Guid id) =>
            streamProvider.GetStream<T>(StreamId.Create(ns, id));

        /// <summary>The stream of these parts.</summary>
        public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string? ns, string id) =>
            streamProvider.GetStream<T>(StreamId.Create(ns, id));

        /// <summary>The stream of these parts.</summary>
        public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string? ns, long id) =>
            streamProvider.GetStream<T>(StreamId.Create(ns, id));
    }

    /// <summary>Subscribes with delegates.</summary>
    public static class AsyncObservableExtensions
    {
        /// <inheritdoc cref="IAsyncObservable{T}.SubscribeAsync(IAsyncObserver{T})"/>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs, Func<T, StreamSequenceToken?, Task> onNextAsync) =>
            obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onError: null, onCompleted: null));

        /// <inheritdoc cref="IAsyncObservable{T}.SubscribeAsync(IAsyncObserver{T})"/>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs,
            Func<T, StreamSequenceToken?, Task> onNextAsync,
            Func<Exception, Task> onErrorAsync) =>
            obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompleted: null));

        /// <inheritdoc cref="IAsyncObservable{T}.SubscribeAsync(IAsyncObserver{T})"/>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs,
            Func<T, StreamSequenceToken?, Task> onNextAsync,
            Func<Exception, Task> onErrorAsync,
            Func<Task> onCompletedAsync) =>
            obs.SubscribeAsync(new DelegateObserver<T>(onNextAsync, onErrorAsync, onCompletedAsync));

        /// <inheritdoc cref="StreamSubscriptionHandle{T}.ResumeAsync"/>
        public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
            this StreamSubscriptionHandle<T> handle,
            Func<T, StreamSequenceToken?, Task> onNextAsync,
            StreamSequenceToken? token = null) =>
            handle.ResumeAsync(new DelegateObserver<T>(onNextAsync, onError: null, onCompleted: null), token);

        private sealed class DelegateObserver<T>(
            Func<T, StreamSequenceToken?, Task> onNext, Func<Exception, Task>? onError, Func<Task>? onCompleted) : IAsyncObserver<T>
        {
            public Task OnNextAsync(T item, StreamSequenceToken? token = null) => onNext(item, token);

            public Task OnErrorAsync(Exception ex) => onError?.Invoke(ex) ?? Task.CompletedTask;

            public Task OnCompletedAsync() => onCompleted?.Invoke() ?? Task.CompletedTask;
        }
    }
}

namespace Orleans.Streams.Core
{
    /// <summary>A grain that attaches to its implicit subscriptions one by one, as their first events come.</summary>
    public interface IStreamSubscriptionObserver
    {
        /// <summary>A stream has an event for this grain; resume the handle to get it.</summary>
        Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
    }

    /// <summary>Makes the handle of one subscription.</summary>
    public interface IStreamSubscriptionHandleFactory
    {
        /// <summary>The stream.</summary>
        StreamId StreamId { get; }

        /// <summary>The provider's name.</summary>
        string ProviderName { get; }

        /// <summary>The subscription's id.</summary>
        GuidId SubscriptionId { get; }

        /// <summary>The handle, to be resumed.</summary>
        StreamSubscriptionHandle<T> Create<T>();
    }
}
