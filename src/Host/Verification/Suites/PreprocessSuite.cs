using System.Text.Json;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Verification.Suites;

/// <summary>
/// The suite "preprocess": images through the published pre-processing pipelines. Each tensor <c>IMAGE/output</c> is a case;
/// bytes must be equal, normalized values keep the rule for numbers.
/// </summary>
internal sealed class PreprocessSuite : IVerificationSuite
{
    /// <inheritdoc/>
    public string Kind => "preprocess";

    /// <inheritdoc/>
    public Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> images = manifest.Texts("images");
        int? size = manifest.Root.TryGetProperty("size", out JsonElement s) && s.ValueKind == JsonValueKind.Number && s.TryGetInt32(out int n) ? n : null;
        int cases = 0;
        foreach (string file in Directory.EnumerateFiles(manifest.Folder, "*.safetensors").Order(StringComparer.Ordinal))
        {
            Checkpoint references = manifest.Tensors(Path.GetFileName(file));
            foreach (IGrouping<string, string> outputs in references.Weights.Keys.Where(k => k.Contains('/')).GroupBy(k => k[..k.IndexOf('/')], StringComparer.Ordinal))
            {
                if (!images.Contains(outputs.Key, StringComparer.Ordinal)) continue;
                cases += outputs.Count();
                RunImage(manifest, run, references, outputs, size, cancellationToken);
            }
        }

        foreach (string volume in Volumes(manifest).Where(_ => run.Wants("ct_volume")))
            run.NotImplemented(volume, "ct_volume", "no pre-processing of volumes");
        if (cases == 0 && images.Count > 0) throw new PellucidException($"{manifest.Path} lists images, but no .safetensors file in {manifest.Folder} has outputs of them");
        return Task.CompletedTask;
    }

    private static void RunImage(
        SuiteManifest manifest, SuiteRun run, Checkpoint references, IGrouping<string, string> outputs, int? size, CancellationToken cancellationToken)
    {
        DecodedImage? image = null;
        foreach (string key in outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string output = key[(key.IndexOf('/') + 1)..];
            if (!run.Wants(output)) continue;
            if (PreprocessOutputs.Find(output, size) is not { } compute)
            {
                run.NotImplemented(key, output, $"the output '{output}' is not known");
                continue;
            }

            image ??= ImageDecoder.Decode(FindImage(manifest, outputs.Key), cancellationToken: cancellationToken);
            HostTensor reference = references.Read(key), ours;
            try
            {
                ours = compute(image);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                run.Failed(key, output, CaseFaults.Describe(fault));
                continue;
            }

            run.Add(reference.ElementType == ElementType.UInt8 && ours.ElementType == ElementType.UInt8
                ? TensorComparison.CompareBytes(key, output, reference, ours)
                : TensorComparison.Compare(key, output, reference, new Computed(ours), 0));
        }
    }

    private static string FindImage(SuiteManifest manifest, string name)
    {
        string folder = manifest.Resolve("images");
        if (!Directory.Exists(folder)) throw new PellucidException($"{manifest.Path} needs the folder {folder}, which does not exist");
        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == name)
            ?? throw new PellucidException($"{manifest.Path} names the image '{name}', but {folder} has no file of that name");
    }

    private static IEnumerable<string> Volumes(SuiteManifest manifest) =>
        manifest.Root.TryGetProperty("ct_volume", out JsonElement volume) && volume.ValueKind == JsonValueKind.Object
        && volume.TryGetProperty("cases", out JsonElement cases) && cases.ValueKind == JsonValueKind.Object
            ? cases.EnumerateObject().Select(c => c.Name)
            : [];
}
