using System.Security.Cryptography;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Plugins;

/// <summary>Reads and checks manifests. Nothing of the plugin is executed.</summary>
public static class PluginManifestReader
{
    private const int LargestManifest = 1 << 20;
    private const int MostFiles = 4096;
    private const int LongestText = 500;
    private static readonly string[] Properties =
        ["$schema", "id", "version", "summary", "contract", "entry", "kind", "capabilities", "license", "files"];

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <exception cref="PluginException">It is missing, too large, no JSON, or says something that cannot be.</exception>
    public static PluginManifest Read(string folder)
    {
        byte[] bytes = ReadBytes(Path.Combine(folder, PluginManifest.FileName));
        JsonDocumentOptions options = new() { MaxDepth = 4, AllowDuplicateProperties = false };
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes, options);
        }
        catch (JsonException fault)
        {
            throw Wrong($"is not valid JSON: {fault.Message}");
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Wrong("must be a JSON object");
            foreach (JsonProperty property in root.EnumerateObject())
            {
                if (!Properties.Contains(property.Name, StringComparer.Ordinal))
                    throw Wrong($"has an unknown property '{Printable(property.Name)}'{NearestNames.Suffix(property.Name, Properties)}");
            }

            return new PluginManifest
            {
                Id = ReadId(root),
                Version = SemanticVersion.TryParse(Text(root, "version"), out SemanticVersion? version)
                    ? version : throw Wrong($"has version '{Text(root, "version")}'; a semantic version such as 1.0.0 is needed"),
                Summary = root.TryGetProperty("summary", out _) ? Text(root, "summary") : string.Empty,
                Contract = ContractRange.TryParse(Text(root, "contract"), out ContractRange? contract)
                    ? contract : throw Wrong($"has contract '{Text(root, "contract")}'; a range such as '>=1.0 <2.0' is needed"),
                Entry = Text(root, "entry"),
                Kind = Known(Text(root, "kind"), "kind"),
                Capabilities = [.. List(root, "capabilities").Select(c => Known(c, "capability"))],
                License = Text(root, "license"),
                Files = ReadFiles(root, Text(root, "entry")),
                Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            };
        }
    }

    /// <summary>Whether a text can be the id of a plugin, an explainer or another thing that users name.</summary>
    internal static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && !text.Contains("..", StringComparison.Ordinal);

    private static byte[] ReadBytes(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists) throw new PluginException(PluginState.Malfunctioned, $"the folder holds no {PluginManifest.FileName}");
            if (file.LinkTarget is not null) throw Wrong("is a symbolic link");
            if (file.Length > LargestManifest) throw Wrong($"is larger than {LargestManifest} bytes");
            using FileStream stream = file.OpenRead();
            byte[] buffer = new byte[LargestManifest + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= LargestManifest ? buffer[..length] : throw Wrong($"is larger than {LargestManifest} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(PluginState.Malfunctioned, $"{PluginManifest.FileName} cannot be read: {fault.Message}", fault);
        }
    }

    private static string ReadId(JsonElement root)
    {
        string id = Text(root, "id");
        return IsId(id) ? id : throw Wrong($"has id '{id}'; up to 64 lower-case letters, digits, dots and dashes, starting with a letter, are needed");
    }

    private static Dictionary<string, string> ReadFiles(JsonElement root, string entry)
    {
        if (!root.TryGetProperty("files", out JsonElement list) || list.ValueKind != JsonValueKind.Object)
            throw Wrong("needs 'files': an object with the SHA-256 of each file of the plugin");
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        HashSet<string> folded = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty file in list.EnumerateObject())
        {
            string name = Printable(file.Name);
            if (PluginPaths.Fault(file.Name) is { } fault) throw Wrong($"names the file '{name}', which {fault}");
            if (!folded.Add(file.Name)) throw Wrong($"names the file '{name}' twice");
            if (file.Name.Equals(PluginManifest.FileName, StringComparison.OrdinalIgnoreCase)) throw Wrong("lists itself among its files");
            if (files.Count == MostFiles) throw Wrong($"lists more than {MostFiles} files");
            string hash = file.Value.ValueKind == JsonValueKind.String ? file.Value.GetString()! : string.Empty;
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) throw Wrong($"needs a SHA-256 of 64 hexadecimal digits for '{name}'");
            files.Add(file.Name, hash.ToLowerInvariant());
        }

        if (PluginPaths.Fault(entry) is { } entryFault) throw Wrong($"names the entry assembly '{entry}', which {entryFault}");
        if (entry.Contains('/', StringComparison.Ordinal) || !entry.EndsWith(".dll", StringComparison.Ordinal))
            throw Wrong($"names the entry assembly '{entry}'; a .dll directly in the folder is needed");
        if (!files.ContainsKey(entry)) throw Wrong($"does not list its entry assembly '{entry}' among its files");
        return files;
    }

    private static string Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value)) throw Wrong($"lacks '{name}'");
        if (value.ValueKind != JsonValueKind.String) throw Wrong($"needs a text for '{name}'");
        string text = value.GetString()!;
        if (text.Length is 0 or > LongestText) throw Wrong($"needs 1 to {LongestText} characters for '{name}'");
        return text.Any(char.IsControl) ? throw Wrong($"has control characters in '{name}'") : text;
    }

    private static List<string> List(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value)) throw Wrong($"lacks '{name}'");
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            throw Wrong($"needs a list of texts for '{name}'");
        return [.. value.EnumerateArray().Select(e => e.GetString()!)];
    }

    private static string Known(string name, string what) =>
        PluginCapabilities.All.Contains(name, StringComparer.Ordinal) ? name
        : throw Wrong($"has the unknown {what} '{Printable(name)}'; known: {string.Join(", ", PluginCapabilities.All)}");

    private static string Printable(string text) =>
        string.Concat((text.Length > 100 ? text[..100] + "..." : text).Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static PluginException Wrong(string what) => new(PluginState.Malfunctioned, $"{PluginManifest.FileName} {what}");
}
