namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>How many elements the constants of one model may unfold to, so that a small file cannot ask for much memory.</summary>
internal sealed class FoldBudget
{
    private long _left = 1 << 24;

    /// <summary>Whether so many more may be computed.</summary>
    public bool Allows(long elements) => elements <= _left;

    /// <summary>Takes from the budget; false where it does not suffice.</summary>
    public bool TryTake(long elements)
    {
        if (elements > _left) return false;
        _left -= elements;
        return true;
    }
}
