using Pellucid.Graphs;
using Pellucid.Host.Data;

namespace Pellucid.Host.Tests.Data;

/// <summary>Images that a user names by files and folders.</summary>
public sealed class ImageArgumentsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pellucid-images-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folders_give_their_images_with_all_below_in_order()
    {
        string[] wanted = [Touch("a.PNG"), Touch("b/scan.dicom"), Touch("b/scan.dcm"), Touch("c.tiff")];
        Touch("notes.txt");
        Touch("._a.png");
        Assert.Equal(wanted.Order(StringComparer.Ordinal), ImageArguments.Find([_folder.FullName]));
    }

    [Fact]
    public void Files_are_taken_as_named()
    {
        string odd = Touch("scan");
        Assert.Equal([odd], ImageArguments.Find([odd]));
        Assert.Contains("no image file or folder", Assert.Throws<PellucidException>(() => ImageArguments.Find([odd + ".png"])).Message, StringComparison.Ordinal);
    }

    private string Touch(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
        return path;
    }
}
