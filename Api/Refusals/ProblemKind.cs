using System.Runtime.CompilerServices;

namespace ActorShop.Api;

/// <summary>A kind of problem: the members that never change.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short text for people.</param>
/// <param name="Detail">What to do, for people, where an answer has nothing more exact to say.</param>
/// <param name="Name">The name from which the code is made.</param>
internal sealed record ProblemKind(int Status, string Title, string Detail, [CallerMemberName] string Name = "")
{
    /// <summary>Whether the cause is always temporary, so that a repeat may succeed.</summary>
    public bool IsPassing { get; init; }

    /// <summary>The seconds to wait before a repeat. Running requests and moving grains clear within moments.</summary>
    public int Pause { get; init; } = 1;

    /// <summary>Whether the cause may be temporary, so that an answer may have <c>Retry-After</c>.</summary>
    public bool MayPass
    {
        get => field || IsPassing;
        init;
    }

    public string Code { get; } = Words.Of(Name);
}
