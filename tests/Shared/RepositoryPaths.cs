namespace Pellucid.TestSupport;

/// <summary>Where the repository's own test data lies, found from the test binary upwards.</summary>
public static class RepositoryPaths
{
    /// <summary>Folder that holds Platform.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reference data copied from the published code's runs.</summary>
    public static string Goldens => Path.Combine(Root, "tests", "Goldens");

    /// <summary>Embedded demo models.</summary>
    public static string Models => Path.Combine(Root, "models");

    /// <summary>Embedded demo data sets.</summary>
    public static string Datasets => Path.Combine(Root, "datasets");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"Platform.sln lies in no folder above {AppContext.BaseDirectory}");
    }
}
