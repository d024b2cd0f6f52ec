namespace ActorShop.Storage.Postgres;

/// <summary>A question for the state of a grain.</summary>
/// <param name="stateName">The name of the state.</param>
/// <param name="key">The grain's key, as the tables have it.</param>
internal sealed class GrainRead(string stateName, string key)
{
    // Whoever waits goes on elsewhere: a reader only reads.
    private readonly TaskCompletionSource<GrainRow?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The name of the state.</summary>
    public string StateName { get; } = stateName;

    /// <summary>The grain's key.</summary>
    public string Key { get; } = key;

    /// <summary>Completes with what is stored; with null where there is no row.</summary>
    public Task<GrainRow?> Completion => _completion.Task;

    public void Found(GrainRow? row) => _completion.TrySetResult(row);

    public void Failed(Exception failure) => _completion.TrySetException(failure);
}

/// <summary>What is stored of a state.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Sequence">The events of its stream; null where the state is a whole of its own.</param>
/// <param name="Head">JSON; null where it was cleared.</param>
internal sealed record GrainRow(int Version, long? Sequence, byte[]? Head);
