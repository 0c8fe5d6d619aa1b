using Microsoft.Win32.SafeHandles;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// Content hashes of images. A file whose size and time of change are those of when it was hashed is not read again; the rules are those of git's index: what was changed just
/// before it was hashed is not remembered, as another change in the same tick of the file system's clock would go unseen. Where pixels are loaded, their hash is compared in any case.
/// </summary>
/// <param name="store">Remembers; null for nothing.</param>
/// <param name="clock">Tells what "just before" is; no result depends on it.</param>
internal sealed class ItemHashes(IPlanningStore? store, TimeProvider clock)
{
    /// <summary>Files that are looked for, and remembered, in one step: all that a killed process hashes again.</summary>
    private const int AtOnce = 256;

    /// <summary>Longer than the tick of any file system's clock (FAT: two seconds).</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(3);

    /// <summary>Items with their hashes and seeds. One that cannot be read says why.</summary>
    /// <param name="items">The items.</param>
    /// <param name="seed">Seed of the experiment.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<PlannedItem>> PlanAsync(IReadOnlyList<DatasetItem> items, ulong seed, CancellationToken cancellationToken)
    {
        List<PlannedItem> planned = [];
        foreach (DatasetItem[] some in items.Chunk(AtOnce))
        {
            string[] paths = [.. some.Select(i => i.Image).OfType<FileImage>().Select(f => f.Path).Distinct(StringComparer.Ordinal)];
            IReadOnlyDictionary<string, FileStamp>? known = store is null ? null : await store.FindFilesAsync(paths, cancellationToken);
            List<FileStamp> hashed = [];
            foreach (DatasetItem item in some)
            {
                ulong own = UnitKeys.Seed(seed, item.Id);
                try
                {
                    string hash = item.Image is FileImage file
                        ? await HashAsync(file, known?.GetValueOrDefault(file.Path), hashed, cancellationToken)
                        : await item.Image.HashAsync(cancellationToken);
                    planned.Add(new PlannedItem(item, hash, own, null));
                }
                catch (PellucidException e)
                {
                    planned.Add(new PlannedItem(item, $"unreadable: {item.Id}", own, e.Message));
                }
            }

            if (store is not null && hashed.Count > 0) await store.AddFilesAsync(hashed, cancellationToken);
        }

        return planned;
    }

    /// <summary>Forgets an item whose pixels do not have the hash it was planned with, and says so: its size and time may be as they were.</summary>
    /// <returns>What its units fail with.</returns>
    public static async Task<string> ForgetAsync(PlannedItem item, IPlanningStore? store, CancellationToken cancellationToken)
    {
        if (store is not null && item.Item.Image is FileImage file) await store.ForgetFileAsync(file.Path, cancellationToken);
        return $"the image {item.Item.Image.Name} is not what it was when it was hashed: run again";
    }

    private async Task<string> HashAsync(FileImage image, FileStamp? known, List<FileStamp> hashed, CancellationToken cancellationToken)
    {
        DateTime begun = clock.GetUtcNow().UtcDateTime;
        (long Size, DateTime Modified)? before = Look(image.Path);
        if (known is not null && before is { } now && (now.Size, now.Modified.Ticks) == (known.Size, known.Modified)) return known.Hash;
        string hash = await image.HashAsync(cancellationToken);
        if (before is { } found && found.Modified < begun - Settled && Look(image.Path) == before) hashed.Add(new FileStamp(image.Path, found.Size, found.Modified.Ticks, hash));
        return hash;
    }

    /// <summary>Size and time of change of the file itself, also where the path is a link; null where it cannot be opened.</summary>
    private static (long Size, DateTime Modified)? Look(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            return (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // hashing says what is wrong with it
        }
    }
}
