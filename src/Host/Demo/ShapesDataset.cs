using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;

namespace Pellucid.Host.Demo;

/// <summary>The embedded data set of colored shapes as the demo needs it: with the masks of all objects.</summary>
public static class ShapesDataset
{
    private const string Name = "shapes";
    private const int Side = 64;

    /// <summary>All scenes in the order of the data set.</summary>
    /// <exception cref="PellucidException">The data set is not there, or no plugin that reads it is active.</exception>
    public static async Task<IReadOnlyList<ShapesScene>> ReadAsync(HostServices services, CancellationToken cancellationToken)
    {
        DatasetLocator datasets = new(services);
        if (!datasets.Known.Contains(Name, StringComparer.Ordinal)) throw new PellucidException($"the embedded data set '{Name}' is not beside the host: rebuild the host, which copies it there");
        string path = datasets.Find(Name, string.Empty);
        List<ShapesScene> scenes = [];
        await foreach (DatasetItem item in datasets.Reader(path).ReadAsync(new DatasetRequest(path), cancellationToken))
        {
            List<ShapesObject> objects = [];
            foreach (DatasetRegion region in item.Regions) objects.Add(new ShapesObject(region.Name, (await region.LoadAsync(Side, Side, cancellationToken)).Pixels.ToArray()));
            scenes.Add(new ShapesScene(((FileImage)item.Image).Path, objects));
        }

        return scenes;
    }
}
