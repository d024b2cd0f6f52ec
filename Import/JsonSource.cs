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
        if (json.Length > SourceText.MaxRecord)
        {
            throw new RowException(line, "the line is longer than 1 MiB");
        }

        if (json.Contains(SourceText.Damage, StringComparison.Ordinal))
        {
            throw new RowException(line, SourceText.DamageReason);
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            {
                Decode(document.RootElement);
            }

            return document.RootElement.ValueKind is JsonValueKind.Object
                ? new SourceRow(line, document.RootElement.Clone(), context)
                : throw new RowException(line, "the line is no JSON object");
        }
        catch (InvalidOperationException)
        {
            throw new RowException(line, "a text of the line has half of a surrogate pair");
        }
        catch (JsonException exception)
        {
            throw new RowException(line, $"the line is no JSON: {exception.Message.Split(". ", 2)[0].TrimEnd('.')}");
        }
    }

    /// <summary>Decodes every name and text: an escape may be half of a surrogate pair, which only decoding shows.</summary>
    /// <exception cref="InvalidOperationException">A name or a text is no Unicode.</exception>
    private static void Decode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
        }
    }
}
