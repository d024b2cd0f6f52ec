namespace ActorShop.Health;

public interface IOtherMembers
{
    /// <summary>Whether one of them answers that it reads the membership table. False where none answers.</summary>
    ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken);
}
