using ActorShop.Cluster;

namespace ActorShop.Chaos;

/// <summary>The folder of a run: a named one, which stays, or a temporary one, which is deleted if the run succeeds.</summary>
internal sealed class ChaosFolder : IDisposable
{
    private readonly bool _isOwn;
    private bool _mayGo;

    private ChaosFolder(string path, bool isOwn) => (Path, _isOwn) = (path, isOwn);

    public string Path { get; }

    /// <summary>Takes a folder.</summary>
    /// <param name="path">One that has no cluster in it; null for a new one.</param>
    /// <exception cref="ToolException">The folder has a cluster already, whose old orders would count as violations.</exception>
    public static ChaosFolder Take(string? path)
    {
        if (path is null)
        {
            return new ChaosFolder(Directory.CreateTempSubdirectory("actorshop-chaos-").FullName, isOwn: true);
        }

        var full = System.IO.Path.GetFullPath(path);
        return new StateFile(full).Find() is null
            ? new ChaosFolder(Directory.CreateDirectory(full).FullName, isOwn: false)
            : throw new ToolException(ExitCode.BadInput, $"{full} already has a cluster: name another folder");
    }

    public void MayGo() => _mayGo = true;

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
