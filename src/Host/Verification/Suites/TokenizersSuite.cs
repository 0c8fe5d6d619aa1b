using System.Text.Json;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "tokenizers": tables from texts to ids. A text is a case; all its ids must be equal.</summary>
internal sealed class TokenizersSuite : IVerificationSuite
{
    /// <inheritdoc/>
    public string Kind => "tokenizers";

    /// <inheritdoc/>
    public Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        foreach (string file in manifest.Texts("tables"))
        {
            string name = Path.GetFileNameWithoutExtension(file), path = manifest.Resolve(file);
            if (!run.Wants(name)) continue;
            var table = TokenizerTable.Read(path, manifest.Folder);
            if (table.Missing is { } missing)
            {
                for (int i = 0; i < table.Cases.Count; i++) run.NotApplicable($"{name}[{i}]", name, missing);
                continue;
            }

            for (int i = 0; i < table.Cases.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                run.Add(Compare($"{name}[{i}]", name, path, table, table.Cases[i]));
            }
        }

        return Task.CompletedTask;
    }

    private static CaseResult Compare(string id, string method, string path, TokenizerTable table, JsonElement c)
    {
        if (c.ValueKind != JsonValueKind.Object || !c.TryGetProperty("text", out JsonElement t) || t.ValueKind != JsonValueKind.String || TokenizerTable.Ids(c, "ids") is not { } ids)
            throw new PellucidException($"{path}: {id} has no \"text\" with \"ids\"");
        string text = t.GetString()!;
        try
        {
            TokenizedText ours = table.Tokenizer.Tokenize(text);
            string? difference = Difference("ids", ids, ours);
            if (difference is null && c.TryGetProperty("untruncated_length", out JsonElement length) && length.ValueKind == JsonValueKind.Number && length.GetDouble() != ours.UntruncatedLength)
                difference = $"untruncated_length: reference {length.GetRawText()}, ours {ours.UntruncatedLength}";
            if (difference is null && TokenizerTable.Ids(c, TokenizerTable.LoweredIds) is { } lowered && table.Lowered is { } lowering)
                difference = Difference(TokenizerTable.LoweredIds, lowered, lowering.Tokenize(text));
            return difference is null
                ? new CaseResult(id, method, CaseOutcome.Passed) { Error = 0 }
                : new CaseResult(id, method, CaseOutcome.Failed, "the ids differ") { Where = $"\"{text}\": {difference}" };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new CaseResult(id, method, CaseOutcome.Failed, CaseFaults.Describe(fault));
        }
    }

    private static string? Difference(string what, long[] golden, TokenizedText ours)
    {
        long[] ids = [.. ours.Ids.Take(ours.Length)];
        int first = golden.AsSpan().CommonPrefixLength(ids);
        return first == golden.Length && first == ids.Length
            ? null
            : $"{what} differ at {first}: reference {(first < golden.Length ? golden[first] : "the end")}, ours {(first < ids.Length ? ids[first] : "the end")}";
    }
}
