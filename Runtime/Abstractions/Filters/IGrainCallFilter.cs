using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans
{
    /// <summary>Runs around calls where they arrive. Timer ticks and stream deliveries are calls too.</summary>
    public interface IIncomingGrainCallFilter
    {
        /// <summary>Runs; goes on with <see cref="IGrainCallContext.Invoke"/>, or does not.</summary>
        Task Invoke(IIncomingGrainCallContext context);
    }

    /// <summary>Runs around calls where they are made.</summary>
    public interface IOutgoingGrainCallFilter
    {
        /// <summary>Runs; goes on with <see cref="IGrainCallContext.Invoke"/>, or does not.</summary>
        Task Invoke(IOutgoingGrainCallContext context);
    }

    /// <inheritdoc cref="IIncomingGrainCallFilter.Invoke"/>
    public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);

    /// <inheritdoc cref="IOutgoingGrainCallFilter.Invoke"/>
    public delegate Task OutgoingGrainCallFilterDelegate(IOutgoingGrainCallContext context);

    /// <summary>One call on its way through the filters.</summary>
    public interface IGrainCallContext
    {
        /// <summary>The call: its method and arguments, which a filter may replace.</summary>
        IInvokable Request { get; }

        /// <summary>The grain, or the reference to it on the caller's side.</summary>
        object Grain { get; }

        /// <summary>The grain that calls; null outside of grains.</summary>
        GrainId? SourceId { get; }

        /// <summary>The grain that is called.</summary>
        GrainId TargetId { get; }

        /// <summary>The interface's name.</summary>
        GrainInterfaceType InterfaceType { get; }

        /// <summary>The interface's name.</summary>
        string InterfaceName { get; }

        /// <summary>The method's name.</summary>
        string MethodName { get; }

        /// <summary>The method of the interface.</summary>
        MethodInfo InterfaceMethod { get; }

        /// <summary>The answer, after <see cref="Invoke"/>; a filter may replace it, or give it without invoking.</summary>
        object? Result { get; set; }

        /// <summary>Goes on: the next filter, at last the method itself.</summary>
        Task Invoke();
    }

    /// <inheritdoc/>
    public interface IIncomingGrainCallContext : IGrainCallContext
    {
        /// <summary>The activation that is called.</summary>
        IGrainContext TargetContext { get; }

        /// <summary>The method of the grain class.</summary>
        MethodInfo ImplementationMethod { get; }
    }

    /// <inheritdoc/>
    public interface IOutgoingGrainCallContext : IGrainCallContext
    {
        /// <summary>The activation that calls; null outside of grains.</summary>
        IGrainContext? SourceContext { get; }
    }
}

namespace Orleans.Serialization.Invocation
{
    /// <summary>A request as filters and interleaving predicates see it.</summary>
    public interface IInvokable
    {
        /// <summary>The object that is called; null on the caller's side.</summary>
        object? GetTarget();

        /// <summary>The number of arguments.</summary>
        int GetArgumentCount();

        /// <summary>An argument.</summary>
        object? GetArgument(int index);

        /// <summary>Replaces an argument.</summary>
        void SetArgument(int index, object value);

        /// <summary>The method's name.</summary>
        string GetMethodName();

        /// <summary>The interface's name.</summary>
        string GetInterfaceName();

        /// <summary>Interface and method, for traces.</summary>
        string GetActivityName();

        /// <summary>The method of the interface.</summary>
        MethodInfo GetMethod();

        /// <summary>The interface.</summary>
        Type GetInterfaceType();

        /// <summary>The time-out that the method states, if any.</summary>
        TimeSpan? GetDefaultResponseTimeout() => null;

        /// <summary>The token of a call that takes one.</summary>
        CancellationToken GetCancellationToken() => CancellationToken.None;
    }
}
