using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints.Torch;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// Opens model weights of any known container, decided by the file's bytes and not by its extension: .safetensors, a shard
/// index, <c>torch.save</c> files new and old, TorchScript archives. Nothing in a file is ever executed.
/// </summary>
public static class CheckpointReader
{
    /// <summary>File names looked for in a model folder, best first.</summary>
    public static readonly IReadOnlyList<string> FolderNames =
    [
        "model.safetensors", "model.safetensors.index.json", "open_clip_model.safetensors", "open_clip_pytorch_model.safetensors",
        "pytorch_model.bin", "pytorch_model.bin.index.json", "open_clip_pytorch_model.bin",
    ];

    private static readonly string[] Extensions = [".safetensors", ".bin", ".pt", ".pth"];

    /// <summary>Opens a checkpoint file, or the checkpoint in a model folder.</summary>
    /// <param name="path">
    /// A file of any name, or a folder that holds one of <see cref="FolderNames"/> or else a single .safetensors, .bin, .pt or .pth file.
    /// </param>
    /// <exception cref="PellucidException">There is no checkpoint, more than one, or it is unreadable, malformed or hostile.</exception>
    public static Checkpoint Open(string path) => OpenFile(Directory.Exists(path) ? FindIn(path) : path, allowIndex: true);

    internal static Checkpoint OpenFile(string path, bool allowIndex)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        byte[] start = new byte[(int)Math.Min(file.Length, 64)];
        file.Read(0, start, "the first bytes");
        if (SafetensorsHeader.Matches(start, file.Length)) return SafetensorsReader.Open(file);
        if (TorchZipReader.Matches(start)) return TorchZipReader.Open(file);
        if (TorchLegacyReader.Matches(start)) return TorchLegacyReader.Open(file);
        if (allowIndex && start.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..]) return ShardIndex.Open(file);
        throw Unknown(file, start);
    }

    private static PellucidException Unknown(CheckpointFile file, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version https://git-lfs"u8))
            return file.Error("this is a Git LFS pointer, not the weights; fetch them with 'git lfs pull'");
        if (start is [(byte)'<', ..]) return file.Error("this is a web page, not the weights; download the file itself");
        if (file.Path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            // The user believes in this format, so say what is wrong with it.
            try
            {
                SafetensorsHeader.Read(file);
            }
            catch (PellucidException e)
            {
                return e;
            }
        }

        return file.Error("not a known checkpoint (known: .safetensors, a shard index, torch.save files, TorchScript archives)");
    }

    private static string FindIn(string folder)
    {
        string full = Path.GetFullPath(folder);
        if (FolderNames.Select(n => Path.Combine(full, n)).FirstOrDefault(File.Exists) is { } known) return known;
        string[] found;
        try
        {
            found = [.. Directory.EnumerateFiles(full)
                .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"model folder '{full}' cannot be read: {e.Message}", e);
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new PellucidException($"model folder '{full}' holds no checkpoint (looked for {string.Join(", ", FolderNames)} or one *.safetensors, *.bin, *.pt, *.pth)"),
            _ => throw new PellucidException($"model folder '{full}' holds {found.Length} checkpoints: {string.Join(", ", found.Select(Path.GetFileName))}; name the file to open"),
        };
    }
}
