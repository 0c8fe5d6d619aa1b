namespace Pellucid.Bench;

/// <summary>Where things lie in the repository that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Folder for what is made once and used again.</summary>
    public static string Cache => Path.Combine(Root, "artifacts", "bench");

    public static string Host => Path.Combine(Root, "artifacts", "bin", "Pellucid.Host", "release", "Pellucid.Host.dll");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no Platform.sln above {AppContext.BaseDirectory}: run the benchmark from the tree that it was built in");
    }
}
