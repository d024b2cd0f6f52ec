using ActorShop.Runtime.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace ActorShop.Runtime.Storage;

/// <summary>A stored state as one activation drives it. Belongs to its turns.</summary>
/// <remarks>
/// Operations run one after another, each in a turn after the one that asked for it. A write (or clear) asked for while the
/// last one asked for is of the same kind and has not started is that one.
/// </remarks>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage storage)
    : IPersistentState<TState>, ILifecycleObserver
{
    private readonly GrainState<TState> _state = new();
    private Operation? _last;

    private enum Kind : byte
    {
        Read,
        Write,
        Clear,
    }

    /// <inheritdoc/>
    public TState State
    {
        get
        {
            activation.CheckAccess();
            return _state.State!;
        }

        set
        {
            activation.CheckAccess();
            _state.State = value;
        }
    }

    /// <inheritdoc/>
    public string? Etag => _state.ETag;

    /// <inheritdoc/>
    public bool RecordExists => _state.RecordExists;

    /// <inheritdoc/>
    public Task ReadStateAsync() => Ask(Kind.Read, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync() => Ask(Kind.Write, CancellationToken.None);

    /// <inheritdoc/>
    public Task ClearStateAsync() => Ask(Kind.Clear, CancellationToken.None);

    /// <inheritdoc/>
    public Task ReadStateAsync(CancellationToken cancellationToken) => Ask(Kind.Read, cancellationToken);

    /// <inheritdoc/>
    public Task WriteStateAsync(CancellationToken cancellationToken) => Ask(Kind.Write, cancellationToken);

    /// <inheritdoc/>
    public Task ClearStateAsync(CancellationToken cancellationToken) => Ask(Kind.Clear, cancellationToken);

    /// <inheritdoc/>
    public Task OnStart(CancellationToken cancellationToken = default) => ReadStateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private Task Ask(Kind kind, CancellationToken cancellationToken)
    {
        activation.CheckAccess();
        if (kind != Kind.Read
            && !cancellationToken.CanBeCanceled
            && _last is { Started: false, CanBeCancelled: false } last
            && last.Kind == kind)
        {
            return last.Completion;
        }

        var operation = new Operation(kind, cancellationToken.CanBeCanceled);
        var before = _last;
        _last = operation;
        operation.Completion = RunAsync(operation, before, cancellationToken);
        return operation.Completion;
    }

    private async Task RunAsync(Operation operation, Operation? before, CancellationToken cancellationToken)
    {
        // The turn that asks goes on first: what it changes still belongs to the write, and what it asks for again is the same.
        await Task.Yield();
        if (before is not null)
        {
            await before.EndAsync();
        }

        operation.Started = true;
        try
        {
            await (operation.Kind switch
            {
                Kind.Read => storage.ReadStateAsync(name, activation.GrainId, _state, cancellationToken),
                Kind.Write => storage.WriteStateAsync(name, activation.GrainId, _state, cancellationToken),
                _ => storage.ClearStateAsync(name, activation.GrainId, _state, cancellationToken),
            });

            if (_state.State is null && operation.Kind != Kind.Write)
            {
                _state.State = ActivatorUtilities.CreateInstance<TState>(activation.Silo.Services);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            activation.Silo.Instruments.StorageFailed();
            activation.Silo.LogStorageFailed(exception, operation.Kind.ToString(), name, activation);
            if (exception is OrleansException)
            {
                throw;
            }

            throw new OrleansException(
                $"Error from storage provider {storage.GetType().Name}.{name} during {operation.Kind}StateAsync for grain {activation.GrainId} "
                + $"{exception.GetType().FullName}: {exception.Message}",
                exception);
        }
        finally
        {
            if (ReferenceEquals(_last, operation))
            {
                _last = null;
            }
        }
    }

    private sealed class Operation(Kind kind, bool canBeCancelled)
    {
        public Kind Kind { get; } = kind;

        public bool CanBeCancelled { get; } = canBeCancelled;

        public bool Started { get; set; }

        public Task Completion { get; set; } = Task.CompletedTask;

        /// <summary>Completes when it has ended, whichever way; whoever asked for it learns how.</summary>
        public async Task EndAsync()
        {
            try
            {
                await Completion;
            }
            catch (Exception)
            {
                // Told to whoever asked for it.
                return;
            }
        }
    }
}
