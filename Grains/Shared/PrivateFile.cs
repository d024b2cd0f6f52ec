namespace ActorShop;

/// <summary>Files with data of customers: only the user who runs the process can read them (mode 0600, folders 0700).</summary>
/// <remarks>Windows has no such modes; there a file has the rights of its folder.</remarks>
public static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Opens a file for writing, and creates it and its folder where they are missing. A file of an older version becomes private.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var full = Path.GetFullPath(path);
        CreateFolder(Path.GetDirectoryName(full)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        var file = new FileStream(full, options);
        Protect(full);
        return file;
    }

    /// <summary>Makes a file private if it exists.</summary>
    public static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path) != OwnerFile)
        {
            File.SetUnixFileMode(path, OwnerFile);
        }
    }

    // An existing folder keeps its rights: it may have other content.
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }
}
