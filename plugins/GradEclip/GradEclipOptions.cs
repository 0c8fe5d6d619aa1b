using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.GradEclip;

/// <summary>Options of <see cref="GradEclipExplainer"/>. The defaults are the paper's definitions.</summary>
public sealed record GradEclipOptions : IValidatableObject
{
    /// <summary>How many of the last image blocks are aggregated.</summary>
    [Description("last image blocks whose maps are summed"), Range(1, 1000)]
    public int Layers { get; init; } = 1;

    /// <summary>How many of the last text blocks are aggregated; 0 for two thirds of them (8 of 12, as in the paper).</summary>
    [Description("last text blocks whose importances are summed; 0: two thirds of them, the paper's 8 of 12"), Range(0, 1000)]
    public int TextLayers { get; init; }

    /// <summary>Image blocks that are aggregated, instead of the last ones; negative numbers count from the end.</summary>
    [Description("image blocks whose maps are summed, from 0, such as [3, 7, -1] (-1 is the last); empty: the last ones, as layers says")]
    public IReadOnlyList<int> Blocks { get; init; } = [];

    /// <summary>Text blocks that are aggregated, instead of the last ones; negative numbers count from the end.</summary>
    [Description("text blocks whose importances are summed, from 0; empty: the last ones, as text-layers says")]
    public IReadOnlyList<int> TextBlocks { get; init; } = [];

    /// <summary>One attention head alone; null for all.</summary>
    [Description("one attention head alone, from 0: its channels of query, key, value and gradient; none: all. Needs function=native"), Range(0, 1000)]
    public int? Head { get; init; }

    /// <summary>What makes the spatial weight w_i.</summary>
    [Description("spatial weight w_i: similarity of query and key, one (none), or softmax (the attention itself)")]
    public SpatialWeight Weight { get; init; } = SpatialWeight.Similarity;

    /// <summary>How query and key are compared.</summary>
    [Description("similarity of query and key: dot (the paper, eq. 8) or cosine (the published code)")]
    public QueryKeySimilarity Similarity { get; init; } = QueryKeySimilarity.Dot;

    /// <summary>Whether query and key go through the output projection first.</summary>
    [Description("compare query and key after the output projection, as the published generate_emap.py does")]
    public bool Projected { get; init; }

    /// <summary>Which function is explained.</summary>
    [Description("function that is explained: single-head attention in the explained blocks (the paper) or the native multi-head model")]
    public ExplainedFunction Function { get; init; } = ExplainedFunction.SingleHead;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Head is not null && (Function != ExplainedFunction.Native || Projected))
            yield return new ValidationResult("head needs function=native and projected=false: the single-head function has no heads, and the output projection mixes them", [nameof(Head)]);
    }
}
