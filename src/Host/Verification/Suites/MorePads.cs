using System.Globalization;
using System.Text.RegularExpressions;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Suites;

/// <summary>Texts padded further than their batch needs: shows whether a model's text embedding depends on padding.</summary>
internal static partial class MorePads
{
    /// <summary>The number in a key <c>text_embeds_{n}_more_pads</c>; null for other keys.</summary>
    public static int? Count(string key) => Key().Match(key) is { Success: true } match ? int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The token ids with more columns of padding, whose id is the one where the attention mask is 0 (0 where it nowhere is).</summary>
    public static HostTensor Append(Checkpoint inputs, int more)
    {
        HostTensor ids = inputs.Read("input_ids");
        int rows = (int)ids.Shape[0], length = (int)ids.Shape[1];
        int masked = inputs.Contains("attention_mask") ? inputs.Read("attention_mask").Int64s.IndexOf(0) : -1;
        long[] longer = new long[rows * (length + more)];
        Array.Fill(longer, masked < 0 ? 0 : ids.Int64s[masked]);
        for (int r = 0; r < rows; r++) ids.Int64s.Slice(r * length, length).CopyTo(longer.AsSpan(r * (length + more)));
        return HostTensor.Of(longer, rows, length + more);
    }

    [GeneratedRegex("^text_embeds_(?<count>[0-9]{1,3})_more_pads$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
