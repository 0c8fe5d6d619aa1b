using System.Text.Json.Nodes;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Tests.Verification;

/// <summary>A copy of a golden suite that a test may damage, with the tiny model beside it.</summary>
internal sealed class SuiteCopy : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("pellucid-suite-");

    public SuiteCopy(string suite)
    {
        Folder = Copy(suite);
        if (suite != "tiny-clip") Copy("tiny-clip");
    }

    public string Root => _root.FullName;

    public string Folder { get; }

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Changes the manifest.</summary>
    public void Edit(Action<JsonObject> change)
    {
        var manifest = (JsonObject)JsonNode.Parse(System.IO.File.ReadAllBytes(File("manifest.json")))!;
        change(manifest);
        System.IO.File.WriteAllText(File("manifest.json"), manifest.ToJsonString());
    }

    /// <summary>Keeps only the cases of some ids.</summary>
    public void Keep(params string[] ids) => Edit(m =>
        m["cases"] = new JsonArray([.. m["cases"]!.AsArray().Where(c => ids.Contains(c!["id"]!.GetValue<string>())).Select(c => c!.DeepClone())]));

    /// <summary>Changes the case of an id.</summary>
    public void EditCase(string id, Action<JsonObject> change) =>
        Edit(m => change((JsonObject)m["cases"]!.AsArray().First(c => c!["id"]!.GetValue<string>() == id)!));

    /// <summary>Changes a reference tensor.</summary>
    public void EditTensor(string key, Action<HostTensor> change)
    {
        Checkpoint file = CheckpointReader.Open(File("outputs.safetensors"));
        var tensors = file.Weights.Keys.ToDictionary(k => k, file.Read);
        change(tensors[key]);
        string changed = File("outputs.new");
        SafetensorsWriter.Write(changed, tensors);
        System.IO.File.Move(changed, File("outputs.safetensors"), overwrite: true);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Copy(string suite)
    {
        string source = VerifyCommandLine.Golden(suite), target = Path.Combine(Root, suite);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        return target;
    }
}
