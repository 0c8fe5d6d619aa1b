using System.Text.Json;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Classifying;
using Pellucid.Host.Output;

namespace Pellucid.Host.Reproduce;

/// <summary>claims.json: verdicts with the numbers behind them, and the AUROC.</summary>
internal static class ClaimsJson
{
    public static byte[] ToBytes(IReadOnlyList<Claim> claims, IReportResults results, ZeroShot? zeroShot) => JsonText.ToBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("source", "Hashmi et al. 2024, Envisioning MedCLIP: a deep dive into explainability for medical vision-language models");
        json.WriteString("model", results.Models[0]);
        json.WriteNumber("images", results.Items.Count);
        json.WriteNumber("seed", results.Seed);
        json.WriteStartArray("claims");
        foreach (Claim claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("id", claim.Definition.Id);
            json.WriteString("statement", claim.Definition.Statement);
            json.WriteString("criterion", claim.Definition.Criterion);
            json.WriteString("verdict", Claim.Say(claim.Overall.Verdict));
            json.WriteStartObject("all_methods");
            Write(json, claim.Overall);
            json.WriteEndObject();
            json.WriteStartArray("methods");
            foreach (ClaimEvidence evidence in claim.Methods)
            {
                json.WriteStartObject();
                json.WriteString("method", evidence.Method);
                json.WriteString("verdict", Claim.Say(evidence.Verdict));
                Write(json, evidence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (zeroShot is not null) Write(json, zeroShot);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, ClaimEvidence evidence)
    {
        json.WriteNumber("images", evidence.Images);
        WriteNumber(json, "first", evidence.First);
        WriteNumber(json, "second", evidence.Second);
        WriteNumber(json, "difference", evidence.Difference);
        WriteNumber(json, "low", evidence.Interval?.Low);
        WriteNumber(json, "high", evidence.Interval?.High);
        WriteNumber(json, "p_value", evidence.PValue);
    }

    private static void Write(Utf8JsonWriter json, ZeroShot zeroShot)
    {
        json.WriteStartObject("zero_shot");
        json.WriteNumber("images", zeroShot.Images);
        json.WriteNumber("images_failed", zeroShot.Failures.Count);
        WriteNumber(json, "mean_auroc", zeroShot.Mean);
        json.WriteStartObject("auroc");
        foreach (ClassAccuracy c in zeroShot.Classes) WriteNumber(json, c.Name, c.Auroc);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
