namespace ActorShop.Storage.Sqlite;

/// <summary>Conditions that must all hold, with their values: text and values never meet.</summary>
internal sealed class SqlFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<SqlValue> _values = [];

    /// <summary>The conditions as SQL.</summary>
    public string Sql => _conditions.Count == 0 ? "true" : string.Join(" and ", _conditions);

    /// <summary>The values in the order of their question marks, those of <paramref name="before"/> and <paramref name="after"/> around them.</summary>
    public SqlValue[] Values(SqlValue[] before, params SqlValue[] after) => [.. before, .. _values, .. after];

    /// <summary>Adds a condition.</summary>
    public SqlFilter And(string condition, params ReadOnlySpan<SqlValue> values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
        return this;
    }

    /// <summary>Adds a condition where there is something to ask for.</summary>
    public SqlFilter AndIf(bool asked, string condition, params ReadOnlySpan<SqlValue> values) => asked ? And(condition, values) : this;
}
