using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Json;

/// <summary>
/// Reads the elements of the lists of a JSON file one by one: of the list that the file is, or of those that are properties of its object. Memory
/// hangs on the largest element, not on the file.
/// </summary>
internal sealed class JsonRecords : IDisposable
{
    private const int LargestElement = 64 << 20;
    private readonly string _file;
    private readonly FileStream _stream;
    private readonly List<string> _names = [];
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private long _base;
    private bool _final;
    private JsonReaderState _state;
    private Place _place = Place.Before;
    private bool _rootIsList;
    private string _list = string.Empty;
    private long _index;

    public JsonRecords(string file)
    {
        _file = file;
        _stream = DataFiles.Open(file);
    }

    private enum Place
    {
        Before,
        InObject,
        BeforeValue,
        InList,
        After,
    }

    /// <summary>Properties of the file's object that were met so far.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The next element, whatever list it is in; false at the end of the file.</summary>
    /// <exception cref="PellucidException">The file is no JSON, neither a list nor an object, or one of its values is too large.</exception>
    public bool Read(out JsonRecord record)
    {
        try
        {
            while (true)
            {
                Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _final, _state);
                if (Step(ref reader, out record)) return true;
                if (_place == Place.After && _final && _start == _end) return false;
            }
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{_file}:{e.LineNumber + 1}: this is no JSON (near byte {_base + _start}): {e.Message}", e);
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool Step(ref Utf8JsonReader reader, out JsonRecord record)
    {
        record = default;
        if (!reader.Read())
        {
            // At the very end what is left is white space; the reader throws for anything else.
            if (_final) _start = _end;
            else Fill();
            return false;
        }

        switch (_place)
        {
            case Place.Before:
                _rootIsList = reader.TokenType == JsonTokenType.StartArray;
                if (!_rootIsList && reader.TokenType != JsonTokenType.StartObject) throw new PellucidException($"{_file}: a list or an object is needed, this is a single value");
                _place = _rootIsList ? Place.InList : Place.InObject;
                break;
            case Place.InObject when reader.TokenType == JsonTokenType.EndObject:
                _place = Place.After;
                break;
            case Place.InObject:
                _list = Name(ref reader);
                if (_names.Count < 1000) _names.Add(_list);
                _place = Place.BeforeValue;
                break;
            case Place.BeforeValue when reader.TokenType == JsonTokenType.StartArray:
                _index = 0;
                _place = Place.InList;
                break;
            case Place.BeforeValue:
                if (!Skip(ref reader)) return false;
                _place = Place.InObject;
                break;
            case Place.InList when reader.TokenType == JsonTokenType.EndArray:
                _place = _rootIsList ? Place.After : Place.InObject;
                break;
            case Place.InList:
                int first = (int)reader.TokenStartIndex;
                if (!Skip(ref reader)) return false;
                record = new JsonRecord(_file, _list, _index++, _base + _start + first, _buffer.AsMemory(_start + first, (int)reader.BytesConsumed - first));
                Advance(ref reader);
                return true;
        }

        Advance(ref reader);
        return false;
    }

    private bool Skip(ref Utf8JsonReader reader)
    {
        if (reader.TrySkip()) return true;
        Fill();
        return false;
    }

    private string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new PellucidException($"{_file}: a property's name at byte {_base + _start + reader.TokenStartIndex} is no text in UTF-8", e);
        }
    }

    private void Advance(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _base += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LargestElement) throw new PellucidException($"{_file}: the value at byte {_base} takes more than {LargestElement} bytes");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _final = read == 0;
        if (_base == 0 && _place == Place.Before && _end >= 3 && _buffer.AsSpan(0, 3).SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start = 3;
    }
}
