using System.Runtime.CompilerServices;

namespace ActorShop.Models.Search;

/// <summary>What a step needs to happen. Only <see cref="Progress"/> counts towards a good end.</summary>
internal enum StepKind : byte
{
    /// <summary>The shop can take it by itself, whatever was lost: it asks again what it does not know.</summary>
    Progress,

    /// <summary>It rests on a message that may as well be lost.</summary>
    Late,

    /// <summary>The client takes it, or the world outside the shop.</summary>
    Client,
}

/// <summary>The steps out of one state.</summary>
internal abstract class Steps
{
    /// <summary>Gets or sets a value indicating whether labels are written. The search itself needs none: writing them would take most of its time.</summary>
    public bool Describes { get; set; }
}

internal sealed class Steps<TState> : Steps
    where TState : unmanaged
{
    private readonly List<(TState Next, StepKind Kind, string Label)> _steps = [];

    public IReadOnlyList<(TState Next, StepKind Kind, string Label)> All => _steps;

    public void Clear() => _steps.Clear();

    public void Add(in TState next, StepKind kind, [InterpolatedStringHandlerArgument("")] ref StepLabel label) =>
        _steps.Add((next, kind, Describes ? label.ToString() : string.Empty));
}

/// <summary>An interpolated string that is written only for a trace.</summary>
[InterpolatedStringHandler]
internal ref struct StepLabel
{
    private DefaultInterpolatedStringHandler _text;

    public StepLabel(int literalLength, int formattedCount, Steps steps, out bool describes)
    {
        describes = steps.Describes;
        _text = describes ? new(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
