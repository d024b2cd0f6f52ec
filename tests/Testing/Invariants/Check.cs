using System.Runtime.CompilerServices;

namespace ActorShop.Testing.Invariants;

/// <summary>A check under way: collects what contradicts its claim.</summary>
internal sealed class Check(string claim, [CallerMemberName] string name = "")
{
    private readonly List<string> _violations = [];

    /// <summary>Expects a condition. The text of a violation is only built if the condition is false.</summary>
    public bool That(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] Violation violation)
    {
        if (!holds)
        {
            _violations.Add(violation.ToString());
        }

        return holds;
    }

    public void Add(IEnumerable<string> violations) => _violations.AddRange(violations);

    public CheckResult Result(string figures) => new(name, claim, figures, _violations);

    [InterpolatedStringHandler]
    public ref struct Violation
    {
        private DefaultInterpolatedStringHandler _text;

        public Violation(int literalLength, int formattedCount, bool holds, out bool isNeeded)
        {
            isNeeded = !holds;
            _text = isNeeded ? new(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public override string ToString() => _text.ToStringAndClear();
    }
}
