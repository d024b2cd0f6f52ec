using System.Globalization;
using System.Text;

namespace ActorShop.Storage.Postgres;

/// <summary>A statement in the making: text with question marks, and their values, which never meet.</summary>
internal sealed class PostgresFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

    /// <summary>The conditions as SQL.</summary>
    public string Sql => _conditions.Count == 0 ? "true" : string.Join(" and ", _conditions);

    /// <summary>The values in the order of their question marks, those of <paramref name="before"/> and <paramref name="after"/> around them.</summary>
    public object?[] Values(object?[] before, params object?[] after) => [.. before, .. _values, .. after];

    /// <summary>Adds a condition.</summary>
    public PostgresFilter And(string condition, params object[] values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
        return this;
    }

    /// <summary>Adds a condition where there is something to ask for.</summary>
    public PostgresFilter AndIf(bool asked, string condition, params object?[] values) => asked ? And(condition, values!) : this;

    /// <summary>A statement with its question marks numbered, as PostgreSQL wants them.</summary>
    public static string Numbered(string sql)
    {
        var text = new StringBuilder(sql.Length + 16);
        var number = 0;
        foreach (var sign in sql)
        {
            if (sign == '?')
            {
                text.Append(CultureInfo.InvariantCulture, $"${++number}");
            }
            else
            {
                text.Append(sign);
            }
        }

        return text.ToString();
    }
}
