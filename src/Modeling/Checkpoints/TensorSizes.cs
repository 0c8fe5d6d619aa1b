using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>Size arithmetic on declared, and so possibly absurd, shapes.</summary>
internal static class TensorSizes
{
    /// <summary>Bytes of a tensor; false when they exceed 2^63 - 1 at any step, even if a later dimension is 0.</summary>
    internal static bool TryBytes(TensorType type, out long bytes)
    {
        UInt128 product = (UInt128)type.Element.SizeInBytes();
        bool empty = false;
        bytes = 0;
        foreach (long dimension in type.Shape!)
        {
            if (dimension == 0)
            {
                empty = true;
                continue;
            }

            product *= (UInt128)dimension;
            if (product > long.MaxValue) return false;
        }

        bytes = empty ? 0 : (long)product;
        return true;
    }
}
