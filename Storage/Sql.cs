using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ActorShop.Storage;

/// <summary>A statement, or a part of one, with its values.</summary>
/// <remarks>
/// Write it as an interpolated string. Each interpolated value becomes a named parameter and never text; an interpolated
/// <see cref="Sql"/> becomes a part of the statement.
/// </remarks>
[InterpolatedStringHandler]
internal sealed class Sql
{
    public const long SumBase = 1_000_000_000;

    // Texts, parts and values in their order; a value is wrapped, because it may be a string or null.
    private readonly List<object> _pieces;

    public Sql(int literalLength, int formattedCount) => _pieces = new List<object>((2 * formattedCount) + 1);

    /// <summary>The statement where the compiler does not make it from its context.</summary>
    public static Sql Of(Sql sql) => sql;

    /// <summary>Text of the program, such as the name of a column. Never text of a caller.</summary>
    public static Sql Text(string text)
    {
        var sql = new Sql(text.Length, 0);
        sql.AppendLiteral(text);
        return sql;
    }

    /// <summary>A sum of 64-bit numbers, which may need more bits, in two columns: SQLite has no larger integers.</summary>
    /// <param name="expression">Text of the program.</param>
    public static Sql Sum(string expression) =>
        Text(string.Create(CultureInfo.InvariantCulture, $"sum(({expression}) / {SumBase}), sum(({expression}) % {SumBase})"));

    /// <summary>The conditions that are not null, all of which must hold.</summary>
    public static Sql All(params IEnumerable<Sql?> conditions)
    {
        var sql = Text("true");
        foreach (var condition in conditions)
        {
            if (condition is not null)
            {
                sql.AppendLiteral(" and ");
                sql.AppendFormatted(condition);
            }
        }

        return sql;
    }

    /// <summary>The name of a parameter by its place, from 0.</summary>
    public static string NameOf(int place) => string.Create(CultureInfo.InvariantCulture, $"@p{place + 1}");

    public void AppendLiteral(string text) => _pieces.Add(text);

    public void AppendFormatted(Sql part) => _pieces.AddRange(part._pieces);

    public void AppendFormatted<T>(T value) => _pieces.Add(new Value(value));

    /// <summary>The text, and the values of its parameters <c>@p1</c>, <c>@p2</c> and so on.</summary>
    public (string Text, List<object?> Values) Build()
    {
        var text = new StringBuilder();
        var values = new List<object?>();
        foreach (var piece in _pieces)
        {
            if (piece is Value { Content: var value })
            {
                values.Add(value);
                text.Append(NameOf(values.Count - 1));
            }
            else
            {
                text.Append((string)piece);
            }
        }

        return (text.ToString(), values);
    }

    private sealed record Value(object? Content);
}
