namespace ActorShop;

/// <summary>Something that happened to one entity. Past tense, never changed, applied without question.</summary>
public interface IEvent
{
    /// <summary>What a later question asks for, such as an operation's id; null where nobody asks.</summary>
    string? Reference => null;

    /// <summary>Who is to be told: names of projections and other consumers.</summary>
    ImmutableArray<string> Topics => [];

    /// <summary>What it moves in the account book: account and amount, summing to zero.</summary>
    ImmutableArray<(string Account, Money Amount)> Postings => [];
}
