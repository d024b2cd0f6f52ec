namespace ActorShop.Models.Search;

/// <summary>A finite state machine whose states can all be visited.</summary>
/// <typeparam name="TState">A value without references and without padding: its bytes are its identity. Their number is a multiple of eight.</typeparam>
internal interface IModel<TState>
    where TState : unmanaged
{
    TState Start { get; }

    /// <summary>Adds every step that is possible in a state.</summary>
    void AddSteps(in TState state, Steps<TState> steps);

    /// <summary>Replaces a state by the representative of all states that differ from it only in names.</summary>
    void Canonicalize(ref TState state);

    /// <returns>The property that the state breaks, or null.</returns>
    string? Broken(in TState state);

    /// <summary>Gets the name of the property that a good end can be reached from every state, or null if it is not asked for.</summary>
    string? Liveness { get; }

    bool IsGoodEnd(in TState state);
}
