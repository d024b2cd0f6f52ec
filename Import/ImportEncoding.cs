namespace ActorShop.Import;

public static class ImportEncoding
{
    /// <summary>The encoding with a name of IANA, such as <c>windows-1252</c>; null if there is none.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
