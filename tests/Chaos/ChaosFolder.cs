using ActorShop.Cluster;

namespace ActorShop.Chaos;

/// <summary>Where a run keeps what it makes: a folder that was named, and stays; or one of its own, which goes when nobody has to look into it.</summary>
internal sealed class ChaosFolder : IDisposable
{
    private readonly bool _isOwn;
    private bool _mayGo;

    private ChaosFolder(string path, bool isOwn) => (Path, _isOwn) = (path, isOwn);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Takes a folder.</summary>
    /// <param name="path">One that has no cluster in it; null for a new one.</param>
    /// <exception cref="ToolException">It has one: what was sold there before would be taken for somebody else's orders.</exception>
    public static ChaosFolder Take(string? path)
    {
        if (path is null)
        {
            return new ChaosFolder(Directory.CreateTempSubdirectory("actorshop-chaos-").FullName, isOwn: true);
        }

        var full = System.IO.Path.GetFullPath(path);
        return new StateFile(full).Find() is null
            ? new ChaosFolder(Directory.CreateDirectory(full).FullName, isOwn: false)
            : throw new ToolException(ExitCode.BadInput, $"{full} has a cluster in it already: name a new folder");
    }

    /// <summary>Says that nobody has to look into it.</summary>
    public void MayGo() => _mayGo = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isOwn || !_mayGo)
        {
            return;
        }

        // The database may be elsewhere, where the user that runs it can reach it.
        if (new StateFile(Path).Find()?.Database.Folder is { } database && Directory.Exists(database))
        {
            Directory.Delete(database, recursive: true);
        }

        Directory.Delete(Path, recursive: true);
    }
}
