namespace ActorShop.Simulation.Shop;

/// <summary>What should not have been: the run goes on until somebody looks.</summary>
internal sealed class Violations(TimeProvider time)
{
    // A broken shop breaks everywhere at once; the first are what matters.
    private const int Kept = 20;

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly List<string> _all = [];

    /// <summary>The first ones, oldest first.</summary>
    public IReadOnlyList<string> All => _all;

    public void Add(string claim, string what)
    {
        if (_all.Count < Kept)
        {
            _all.Add($"{time.GetUtcNow() - _began:c} {claim}: {what}");
        }
    }
}
