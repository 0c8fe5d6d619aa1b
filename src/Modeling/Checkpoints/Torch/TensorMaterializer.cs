using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>Turns declared tensors into weights: views into the file where they are row-major there, copies within a budget otherwise.</summary>
internal sealed class TensorMaterializer(CheckpointFile file)
{
    private long _budget = CheckpointLimits.InlineBudget(file.Length);

    // Bounds the time: many small tensors could each spread over the whole file.
    private long _readBudget = CheckpointLimits.InlineBudget(file.Length);

    /// <summary>Takes memory from the budget before anything is allocated.</summary>
    internal void Charge(long bytes, string what)
    {
        if (bytes > _budget) throw file.Error($"{what} needs {bytes} bytes of memory outside the file, more than is allowed for a file of {file.Length} bytes");
        _budget -= bytes;
    }

    /// <summary>Makes the weight of a tensor whose storage is found where <paramref name="storage"/> says.</summary>
    internal Weight Make(string name, TorchTensor tensor, StorageBytes storage)
    {
        ElementType element = tensor.Storage.Element;
        int width = element.SizeInBytes();
        if (tensor.Storage.Count > storage.Length / width)
            throw file.Error($"tensor '{name}': its storage should hold {tensor.Storage.Count} elements of {element}, but has {storage.Length} bytes: the file is truncated or corrupt");
        TensorType type = CheckShape(name, tensor);
        (long count, long last) = Extent(name, tensor);
        if (count == 0) return new InlineWeight(HostTensor.Zeros(element, type.Shape!));
        if (!TensorSizes.TryBytes(type, out long bytes)) throw file.Error($"tensor '{name}' {type} is larger than any file");
        long first = (tensor.Storage.ViewOffset + tensor.Offset) * width;
        bool contiguous = IsRowMajor(tensor);
        if (contiguous && storage.Memory is null) return new FileWeight(type, file.Target, storage.FileOffset + first);
        Charge(bytes, $"tensor '{name}' {type}");
        if (count > Array.MaxLength || bytes > Array.MaxLength) throw file.Error($"tensor '{name}' {type} is too large to be copied out of its storage");
        long span = (last - tensor.Offset + 1) * width;
        ReadOnlySpan<byte> source = storage.Memory is { } memory ? memory.AsSpan((int)first, (int)span) : ReadSpan(name, storage.FileOffset + first, span);
        HostTensor copy = HostTensor.Zeros(element, type.Shape!);
        if (contiguous) source.CopyTo(copy.Bytes);
        else Gather(source, copy.Bytes, tensor.Size, tensor.Stride, width);
        return new InlineWeight(copy);
    }

    private TensorType CheckShape(string name, TorchTensor tensor)
    {
        if (tensor.Size.Length != tensor.Stride.Length) throw file.Error($"tensor '{name}' has {tensor.Size.Length} sizes and {tensor.Stride.Length} strides");
        foreach (long size in tensor.Size) if (size < 0) throw file.Error($"tensor '{name}' has the size {size}");
        foreach (long stride in tensor.Stride) if (stride < 0) throw file.Error($"tensor '{name}' has the stride {stride}");
        if (tensor.Offset < 0) throw file.Error($"tensor '{name}' has the offset {tensor.Offset}");
        return new TensorType(tensor.Storage.Element, new TensorShape(tensor.Size));
    }

    /// <summary>Number of elements (at most 2^63 - 1, else refused) and the storage index of the last one.</summary>
    private (long Count, long Last) Extent(string name, TorchTensor tensor)
    {
        UInt128 count = 1;
        UInt128 last = (UInt128)tensor.Offset;
        bool empty = Array.IndexOf(tensor.Size, 0) >= 0;
        for (int i = 0; i < tensor.Size.Length && !empty; i++)
        {
            count *= (UInt128)tensor.Size[i];
            UInt128 step = (UInt128)(tensor.Size[i] - 1) * (UInt128)tensor.Stride[i];
            if (count > long.MaxValue || step > long.MaxValue) throw file.Error($"tensor '{name}' is larger than any file");
            last += step;
        }

        if (empty) return (0, 0);
        if (last >= (UInt128)tensor.Storage.ViewCount)
            throw file.Error($"tensor '{name}' reaches to element {last} of a storage of {tensor.Storage.ViewCount}: the file is corrupt");
        return ((long)count, (long)last);
    }

    private static bool IsRowMajor(TorchTensor tensor)
    {
        // The product cannot overflow here: Extent has bounded the number of elements. Strides of single-element dimensions mean nothing.
        long expected = 1;
        for (int i = tensor.Size.Length - 1; i >= 0; i--)
        {
            if (tensor.Size[i] != 1 && tensor.Stride[i] != expected) return false;
            expected *= tensor.Size[i];
        }

        return true;
    }

    private byte[] ReadSpan(string name, long position, long bytes)
    {
        if (bytes > _readBudget) throw file.Error($"tensor '{name}' and others spread over too many bytes to be gathered from a file of {file.Length}");
        _readBudget -= bytes;
        if (bytes > Array.MaxLength) throw file.Error($"tensor '{name}' spreads over {bytes} bytes, too many to be gathered");
        byte[] span = new byte[bytes];
        file.Read(position, span, $"tensor '{name}'");
        return span;
    }

    private static void Gather(ReadOnlySpan<byte> source, Span<byte> target, long[] size, long[] stride, int width)
    {
        long[] index = new long[size.Length];
        long from = 0;
        for (int to = 0; to < target.Length; to += width)
        {
            source.Slice((int)(from * width), width).CopyTo(target[to..]);
            for (int axis = size.Length - 1; axis >= 0; axis--)
            {
                from += stride[axis];
                if (++index[axis] < size[axis]) break;
                from -= stride[axis] * size[axis];
                index[axis] = 0;
            }
        }
    }
}
