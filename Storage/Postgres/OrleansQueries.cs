using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>The statements of the table <c>OrleansQuery</c>, which both engines execute.</summary>
internal sealed class OrleansQueries(ImmutableArray<(string Key, string Text)> rows)
{
    private readonly Dictionary<string, string> _texts = rows.ToDictionary(static row => row.Key, static row => row.Text, StringComparer.Ordinal);

    /// <summary>The statement of a key.</summary>
    /// <exception cref="OrleansConfigurationException">The table has none.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new OrleansConfigurationException($"The table OrleansQuery has no statement {key}.");

    /// <summary>A command of a statement, with its parameters by name.</summary>
    public NpgsqlCommand Command(NpgsqlConnection connection, string key, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlCommand(this[key], connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new(name, value ?? DBNull.Value));
        }

        return command;
    }
}
