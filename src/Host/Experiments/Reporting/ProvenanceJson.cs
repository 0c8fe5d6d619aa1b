using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pellucid.Abstractions.Plugins;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Output;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>provenance.json: what the results were computed from and on: the experiment, the data set's images, and every provenance that a unit has.</summary>
internal static class ProvenanceJson
{
    private const int FlushBeyond = 1 << 16;

    public static void Write(Stream stream, ExperimentResults results, ExperimentPlan plan) => JsonText.Write(stream, json =>
    {
        json.WriteStartObject();
        json.WriteString("schema", "pellucid/experiment-provenance/1");
        json.WriteString("pellucid", typeof(ProvenanceJson).Assembly.GetName().Version!.ToString(3));
        json.WriteString("contract", ContractVersion.Current);
        json.WriteString("experiment_sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ExperimentWriter.ToYaml(plan.Experiment)))));
        json.WriteString("reader", plan.Reader);
        json.WriteStartArray("images");
        foreach (PlannedItem item in plan.Items)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Item.Id);
            json.WriteString("sha256", item.Problem is null ? item.ImageHash : null);
            json.WriteString("seed", item.Seed.ToString());
            json.WriteEndObject();
            if (json.BytesPending > FlushBeyond) json.Flush();
        }

        json.WriteEndArray();
        json.WriteStartArray("computed");
        foreach (string provenance in results.Units.Select(u => results.Kept(u)?.Provenance).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            using JsonDocument one = JsonDocument.Parse(provenance);
            one.RootElement.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
