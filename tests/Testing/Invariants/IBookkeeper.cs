namespace ActorShop.Testing.Invariants;

public interface IBookkeeper
{
    /// <summary>Names what has not ended: sagas, messages, reservations. It may stop after the first ones.</summary>
    Task<IReadOnlyList<string>> FindUnfinishedAsync(CancellationToken cancellationToken);

    Task<Books> ReadAsync(IReadOnlyList<string> unfinished, CancellationToken cancellationToken);
}
