namespace ActorShop.Storage.Migrations;

/// <summary>A database's schema is none that this program can use or bring up to date. Nothing was changed.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>In words for the person who has to mend it.</summary>
    public SchemaException(string message)
        : base(message)
    {
    }
}
