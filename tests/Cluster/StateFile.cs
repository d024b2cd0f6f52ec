using System.Text.Json;

namespace ActorShop.Cluster;

/// <remarks>Several processes may change it; each change replaces the file under a lock.</remarks>
internal sealed class StateFile(string folder)
{
    public const string Name = "cluster.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _path = Path.Combine(folder, Name);

    public ClusterState? Find()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            return JsonSerializer.Deserialize<ClusterState>(stream, Json);
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException damaged)
        {
            throw new ClusterException($"{_path} cannot be read: {damaged.Message}", damaged);
        }
    }

    public async Task<ClusterState> ChangeAsync(Func<ClusterState?, ClusterState> change, CancellationToken cancellationToken = default)
    {
        await using var held = await LockAsync(cancellationToken);
        var changed = change(Find());
        var draft = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // It contains the password of the database.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(draft, options))
        {
            await JsonSerializer.SerializeAsync(stream, changed, Json, cancellationToken);
        }

        File.Move(draft, _path, overwrite: true);
        return changed;
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }
}
