using System.Runtime.CompilerServices;

namespace ActorShop.Api;

/// <summary>A kind of problem: the members that never change.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short text for people.</param>
/// <param name="Name">The name from which the code is made.</param>
internal sealed record ProblemKind(int Status, string Title, [CallerMemberName] string Name = "")
{
    public string Code { get; } = Words.Of(Name);
}
