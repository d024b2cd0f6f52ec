using System.Reflection;

namespace ActorShop.Runtime.Invocation;

/// <summary>How a grain method asked to be run, by the attributes on its interface method.</summary>
[Flags]
public enum InvokeOptions
{
    /// <summary>One request at a time.</summary>
    None = 0,

    /// <summary>The method changes nothing: it may interleave with others that do not.</summary>
    ReadOnly = 1,

    /// <summary>The method may interleave with anything.</summary>
    AlwaysInterleave = 2,

    /// <summary>The caller does not wait and learns nothing of the outcome.</summary>
    OneWay = 4,
}

/// <summary>One call of a grain method: its arguments, and how it wants to be run. Derived types are generated.</summary>
/// <remarks>Owned by one request at a time; not safe from several threads.</remarks>
public abstract class Invokable
{
    /// <summary>The alias of the interface, or its full name.</summary>
    public abstract string InterfaceName { get; }

    /// <summary>The alias of the method, or its name with parameter types; unique within the interface.</summary>
    public abstract string MethodId { get; }

    /// <summary>The interface that declares the method.</summary>
    public abstract Type InterfaceType { get; }

    /// <summary>The name of the method.</summary>
    public abstract string MethodName { get; }

    /// <summary>The method as reflection sees it; looked up once. Not for the hot path.</summary>
    public abstract MethodInfo Method { get; }

    /// <summary>How the method asked to be run.</summary>
    public virtual InvokeOptions Options => InvokeOptions.None;

    /// <summary>The time-out stated on the method, if any.</summary>
    public virtual TimeSpan? ResponseTimeout => null;

    /// <summary>The number of arguments, the cancellation token among them.</summary>
    public abstract int ArgumentCount { get; }

    /// <summary>Reads an argument.</summary>
    public abstract object? GetArgument(int index);

    /// <summary>Replaces an argument.</summary>
    public abstract void SetArgument(int index, object? value);

    /// <summary>
    /// The caller's token, <see cref="CancellationToken.None"/> where the method takes none. It never travels: the callee
    /// gets a token of its own, set by <see cref="SetCancellationToken"/>.
    /// </summary>
    public virtual CancellationToken CancellationToken => CancellationToken.None;

    /// <summary>Gives the callee's token to a method that takes one; nothing otherwise.</summary>
    public virtual void SetCancellationToken(CancellationToken cancellationToken)
    {
    }

    /// <summary>Runs the method and boxes its result: the path of filters and of diagnostics.</summary>
    public abstract Task<object?> InvokeBoxedAsync(object target);
}

/// <summary>A call of a method that returns <see cref="Task"/> or <see cref="ValueTask"/>.</summary>
public abstract class VoidInvokable : Invokable
{
    /// <summary>Runs the method on the grain.</summary>
    public abstract Task InvokeAsync(object target);

    /// <inheritdoc/>
    public sealed override async Task<object?> InvokeBoxedAsync(object target)
    {
        await InvokeAsync(target);
        return null;
    }
}

/// <summary>A call of a method that returns <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>.</summary>
/// <typeparam name="TResult">The result.</typeparam>
public abstract class Invokable<TResult> : Invokable
{
    /// <summary>Runs the method on the grain.</summary>
    public abstract Task<TResult> InvokeAsync(object target);

    /// <summary>Copies a result so that caller and callee share nothing mutable.</summary>
    public abstract TResult CopyResult(TResult result);

    /// <inheritdoc/>
    public sealed override async Task<object?> InvokeBoxedAsync(object target) => await InvokeAsync(target);
}
