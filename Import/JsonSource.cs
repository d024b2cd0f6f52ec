namespace ActorShop.Import;

/// <summary>Reads one JSON object a line.</summary>
internal static class JsonSource
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static SourceFile Read(string text, ReadingContext context)
    {
        var rows = new List<SourceRow>();
        using var reader = new StringReader(text);
        for (var line = 1; reader.ReadLine() is { } json; line++)
        {
            if (string.IsNullOrWhiteSpace(json))
            {
                continue;
            }

            try
            {
                rows.Add(Parse(line, json, context));
            }
            catch (RowException refusal)
            {
                context.Refuse(line, refusal.Message);
            }
        }

        return new SourceFile(rows, rows.SelectMany(static row => row.Names).ToHashSet(StringComparer.Ordinal), []);
    }

    private static SourceRow Parse(int line, string json, ReadingContext context)
    {
        if (json.Contains(SourceText.Damage, StringComparison.Ordinal))
        {
            throw new RowException(line, SourceText.DamageReason);
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? new SourceRow(line, document.RootElement.Clone(), context)
                : throw new RowException(line, "the line is no JSON object");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Reading the name of a member fails with the latter if it has half a surrogate pair.
            throw new RowException(line, $"the line is no JSON: {exception.Message.Split(". ", 2)[0].TrimEnd('.')}");
        }
    }
}
